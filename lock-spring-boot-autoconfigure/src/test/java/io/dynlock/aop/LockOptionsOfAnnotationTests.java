package io.dynlock.aop;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.dynlock.DistributedLockOperations;
import io.dynlock.LeaseMode;
import io.dynlock.LockOptions;
import io.dynlock.LossPolicy;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * From the annotation to the options of the call.
 */
class LockOptionsOfAnnotationTests {

	private static final LockOptions DEFAULTS = LockOptions.builder()
		.waitTimeout(Duration.ofSeconds(44))
		.maxRetries(45)
		.leaseDuration(Duration.ofSeconds(46))
		.onLoss(LossPolicy.LOG)
		.build();

	private final DistributedLockOperations locks = mock(DistributedLockOperations.class);

	private final Jobs jobs = proxy(new Jobs());

	@BeforeEach
	void answer() throws Exception {
		given(this.locks.options()).willReturn(DEFAULTS);
		given(this.locks.execute(any(), any(), any())).willReturn(new Result(null));
		given(this.locks.tryExecute(any(), any(LockOptions.class), any())).willReturn(Optional.empty());
	}

	@Test
	void whatIsNotSaidComesFromTheApplication() {
		this.jobs.plain();
		assertThat(options()).isEqualTo(DEFAULTS.toBuilder().name("plain").build());
	}

	@Test
	void everythingCanBeSaid() {
		this.jobs.everything();
		assertThat(options()).isEqualTo(LockOptions.builder()
			.name("everything")
			.waitTimeout(Duration.ofSeconds(1))
			.maxRetries(2)
			.leaseDuration(Duration.ofSeconds(3))
			.leaseMode(LeaseMode.FIXED)
			.minHold(Duration.ofMillis(4))
			.note("five")
			.onLoss(LossPolicy.INTERRUPT)
			.build());
	}

	@Test
	void everythingMayBeAPlaceholder() {
		this.jobs.placeholders();
		assertThat(options()).isEqualTo(LockOptions.builder()
			.name("n")
			.waitTimeout(Duration.ofMinutes(7))
			.maxRetries(8)
			.leaseDuration(Duration.ofSeconds(9))
			.leaseMode(LeaseMode.PERMANENT)
			.minHold(Duration.ofSeconds(1))
			.note("see 10")
			.onLoss(LossPolicy.THROW)
			.build());
	}

	@Test
	void aPlaceholderThatIsEmptySaysNothing() {
		this.jobs.emptyPlaceholder();
		assertThat(options()).isEqualTo(DEFAULTS.toBuilder().name("empty").build());
	}

	@Nested
	class WaitExpression {

		@Test
		void givesADuration() {
			assertThat(waitFor(Duration.ofMillis(1234))).contains(Duration.ofMillis(1234));
		}

		@Test
		void givesAText() {
			assertThat(waitFor("3m")).contains(Duration.ofMinutes(3));
		}

		@Test
		void givesMilliseconds() {
			assertThat(waitFor(250L)).contains(Duration.ofMillis(250));
		}

		@Test
		void givesNothing() {
			assertThat(waitFor(null)).isEqualTo(DEFAULTS.waitTimeout());
		}

		@ParameterizedTest
		@ValueSource(strings = { "soon", "-1s" })
		void givesSomethingElse(String wait) {
			assertThatIllegalArgumentException().isThrownBy(() -> waitFor(wait))
				.withMessageStartingWith("The expression '#wait' of @WithDistributedLock on Jobs.expression() gives no"
						+ " usable wait timeout: ");
		}

		private Optional<Duration> waitFor(@Nullable Object wait) {
			LockOptionsOfAnnotationTests.this.jobs.expression(wait);
			return options().waitTimeout();
		}

	}

	@Nested
	class Skip {

		@Test
		void doesNotWait() {
			LockOptionsOfAnnotationTests.this.jobs.skip();
			assertThat(skipOptions().waitTimeout()).contains(Duration.ZERO);
		}

		@Test
		void waitsIfTheAnnotationSaysSo() {
			LockOptionsOfAnnotationTests.this.jobs.patientSkip();
			assertThat(skipOptions().waitTimeout()).contains(Duration.ofSeconds(5));
		}

		@Test
		void doesNotWaitWhenTheExpressionGivesNothing() {
			LockOptionsOfAnnotationTests.this.jobs.expressionSkip(null);
			assertThat(skipOptions().waitTimeout()).contains(Duration.ZERO);
		}

		private LockOptions skipOptions() {
			ArgumentCaptor<LockOptions> options = ArgumentCaptor.forClass(LockOptions.class);
			then(LockOptionsOfAnnotationTests.this.locks).should().tryExecute(any(), options.capture(), any());
			return options.getValue();
		}

	}

	@Test
	void anExpressionIsEvaluatedAnewForEachCall() {
		this.jobs.expression("1s");
		this.jobs.expression("2s");
		ArgumentCaptor<LockOptions> options = ArgumentCaptor.forClass(LockOptions.class);
		then(this.locks).should(times(2)).execute(any(), options.capture(), any());
		assertThat(options.getAllValues()).extracting((each) -> each.waitTimeout().orElseThrow())
			.containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
	}

	@Test
	void otherMethodsAreLeftAlone() {
		this.jobs.unlocked();
		then(this.locks).should(never()).options();
	}

	private LockOptions options() {
		ArgumentCaptor<LockOptions> options = ArgumentCaptor.forClass(LockOptions.class);
		then(this.locks).should().execute(any(), options.capture(), any());
		return options.getValue();
	}

	private Jobs proxy(Jobs target) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("test.wait", "7m", "test.retries", "8", "test.lease", "9s",
					"test.mode", "Permanent", "test.ticket", "10", "test.empty", "", "test.lost", "throw")));
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.addEmbeddedValueResolver(environment::resolveRequiredPlaceholders);
		ProxyFactory factory = new ProxyFactory(target);
		factory.addAdvisor(new DistributedLockAdvisor(() -> this.locks, beanFactory, 0));
		return (Jobs) factory.getProxy();
	}

	static class Jobs {

		@WithDistributedLock(name = "plain")
		public void plain() {
		}

		@WithDistributedLock(name = "everything", waitTimeout = "1s", maxRetries = "2", leaseDuration = "PT3S",
				leaseMode = "fixed", minHold = "4ms", note = "five", onLost = "interrupt")
		public void everything() {
		}

		@WithDistributedLock(name = "${test.name:n}", waitTimeout = "${test.wait}", maxRetries = "${test.retries}",
				leaseDuration = "${test.lease}", leaseMode = "${test.mode}", minHold = "${test.hold:1s}",
				note = "see ${test.ticket}", onLost = "${test.lost}")
		public void placeholders() {
		}

		@WithDistributedLock(name = "empty", waitTimeout = "${test.empty}", note = "${test.empty}")
		public void emptyPlaceholder() {
		}

		@WithDistributedLock(name = "expression", waitTimeout = "#wait")
		public void expression(@Nullable Object wait) {
		}

		@WithDistributedLock(name = "skip", onBusy = OnBusy.SKIP)
		public void skip() {
		}

		@WithDistributedLock(name = "skip", onBusy = OnBusy.SKIP, waitTimeout = "5s")
		public void patientSkip() {
		}

		@WithDistributedLock(name = "skip", onBusy = OnBusy.SKIP, waitTimeout = "#wait")
		public void expressionSkip(@Nullable Object wait) {
		}

		public void unlocked() {
		}

	}

}
