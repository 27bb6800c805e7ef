package io.dynlock.aop;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LossReason;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.SharedDynamoDb;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an annotated method's caller hears when the lease is lost meanwhile.
 */
@Timeout(60)
class LossTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner().withBean(Jobs.class);

	@Test
	void theCallerIsToldAfterTheMethodHasReturned() {
		this.runner.run((context) -> assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> context.getBean(Jobs.class).run((lease) -> lose(context, lease)))
			.satisfies((ex) -> {
				assertThat(ex.key()).isEqualTo("job");
				assertThat(ex.reason()).isInstanceOf(LossReason.ForceReleased.class);
			}));
	}

	@Test
	void theCallerIsToldOfALeaseThatRanOut() {
		this.runner.run((context) -> assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> context.getBean(Jobs.class).outlive())
			.satisfies((ex) -> assertThat(ex.reason()).isInstanceOf(LossReason.Expired.class)));
	}

	@Test
	void theCallerGetsTheResultWhereLossesAreOnlyLogged() {
		this.runner.withPropertyValues("dynlock.lease.on-loss=log")
			.run((context) -> assertThat(context.getBean(Jobs.class).run((lease) -> lose(context, lease)))
				.isEqualTo("done"));
	}

	@Test
	void theMethodIsInterruptedWhereThePolicySaysSo() {
		this.runner.withPropertyValues("dynlock.lease.on-loss=interrupt")
			.run((context) -> assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> context.getBean(Jobs.class).run((lease) -> {
					lose(context, lease);
					return awaitInterrupt();
				})));
	}

	@Test
	void theExceptionOfTheMethodComesFirst() {
		IllegalStateException failure = new IllegalStateException("no");
		this.runner.run((context) -> assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> context.getBean(Jobs.class).run((lease) -> {
				lose(context, lease);
				throw failure;
			}))
			.isSameAs(failure)
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class)));
	}

	private static String lose(ApplicationContext context, Lease lease) {
		assertThat(context.getBean(DistributedLockOperations.class).forceRelease(lease.key())).isPresent();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);
		assertThat(lease.isValid()).isFalse();
		return "done";
	}

	private static String awaitInterrupt() {
		try {
			new CountDownLatch(1).await();
			return "never";
		}
		catch (InterruptedException ex) {
			return "interrupted";
		}
	}

	static class Jobs {

		@WithDistributedLock(name = "job")
		public String run(Function<Lease, String> work) {
			return work.apply(LockContext.current());
		}

		@WithDistributedLock(name = "job", leaseDuration = "300ms", leaseMode = "fixed")
		public void outlive() {
			Lease lease = LockContext.current();
			Awaitility.await().until(() -> !lease.isValid());
		}

	}

}
