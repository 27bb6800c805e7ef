package io.dynlock.aop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dynlock.DistributedLockOperations;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The annotation beside that of Spring Framework 7 which repeats a method.
 */
@Timeout(60)
@EnabledIf("isRetryableThere")
class RetryTests {

	static boolean isRetryableThere() {
		return ClassUtils.isPresent("org.springframework.resilience.annotation.Retryable",
				RetryTests.class.getClassLoader());
	}

	@Test
	void eachAttemptTakesTheLockAnew() {
		SharedDynamoDb.contextRunner().withUserConfiguration(Application.class).withBean(Jobs.class).run((context) -> {
			Jobs jobs = context.getBean(Jobs.class);

			jobs.failing();

			assertThat(jobs.tokens()).hasSize(3).doesNotHaveDuplicates().isSorted();
			assertThat(context.getBean(DistributedLockOperations.class).status("retried").isHeld()).isFalse();
		});
	}

	/** Spring 6 does not know the annotation, and passes over it. */
	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Application {

	}

	static class Jobs {

		private final List<Long> tokens = new CopyOnWriteArrayList<>();

		/** Not the field, which a proxy has as well. */
		List<Long> tokens() {
			return this.tokens;
		}

		@Retryable(maxRetries = 2, delay = 1)
		@WithDistributedLock(name = "retried")
		public void failing() {
			this.tokens.add(LockContext.current().fencingToken());
			if (this.tokens.size() < 3) {
				throw new IllegalStateException("once more");
			}
		}

	}

}
