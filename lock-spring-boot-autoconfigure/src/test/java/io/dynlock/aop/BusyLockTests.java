package io.dynlock.aop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockTimeoutException;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.SharedDynamoDb;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two contexts on one table are two instances of an application: what one does while the
 * other has the lock.
 */
@Timeout(60)
class BusyLockTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner().withBean(Jobs.class);

	/** The lock is held by another instance while the test uses its own. */
	private void whileBusy(Consumer<Jobs> test) {
		this.runner.withPropertyValues("dynlock.owner=the other one").run((other) -> {
			try (Lease lease = other.getBean(DistributedLockTemplate.class).acquire("job")) {
				this.runner.run((context) -> {
					Jobs jobs = context.getBean(Jobs.class);
					test.accept(jobs);
					assertThat(jobs.runs()).hasValue(0);
					assertThat(lease.isValid()).isTrue();
				});
			}
		});
	}

	@Nested
	class Throw {

		@Test
		void namesTheHolder() {
			whileBusy((jobs) -> assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(jobs::impatient)
				.satisfies((ex) -> {
					assertThat(ex.key()).isEqualTo("job");
					assertThat(ex.holder().orElseThrow().owner()).contains("the other one");
				})
				.withMessageContaining("Could not acquire the lock 'job'")
				.withMessageContaining("1 attempt;")
				.withMessageContaining("held by the other one since "));
		}

		@Test
		void alsoForAStage() {
			whileBusy((jobs) -> assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(jobs::impatientStage));
		}

		@Test
		void waitsForTheOtherInstance() throws Exception {
			BusyLockTests.this.runner.run((other) -> {
				Lease lease = other.getBean(DistributedLockTemplate.class).acquire("job");
				BusyLockTests.this.runner.run((context) -> {
					Jobs jobs = context.getBean(Jobs.class);
					CompletableFuture<Void> waiting = CompletableFuture.runAsync(jobs::patient);
					jobs.called().await();
					assertThat(waiting).isNotDone();
					assertThat(jobs.runs()).hasValue(0);
					lease.release();
					assertThat(waiting).succeedsWithin(20, TimeUnit.SECONDS);
					assertThat(jobs.runs()).hasValue(1);
				});
			});
		}

	}

	@Nested
	class Skip {

		@Test
		void givesAnEmptyOptional() {
			whileBusy((jobs) -> {
				assertThat(jobs.optional()).isEmpty();
				assertThat(jobs.optionalNumber()).isEmpty();
			});
		}

		@Test
		void givesNull() {
			whileBusy((jobs) -> {
				assertThat(jobs.object()).isNull();
				assertThat(jobs.list()).isNull();
				assertThat(jobs.boxed()).isNull();
			});
		}

		@Test
		void givesZeroOrFalse() {
			whileBusy((jobs) -> {
				assertThat(jobs.number()).isZero();
				assertThat(jobs.longNumber()).isZero();
				assertThat(jobs.fraction()).isZero();
				assertThat(jobs.character()).isEqualTo('\0');
				assertThat(jobs.truth()).isFalse();
			});
		}

		@Test
		void givesACompletedStage() {
			whileBusy((jobs) -> {
				assertThat(jobs.stage()).isCompletedWithValue(null);
				assertThat(jobs.future()).isCompletedWithValue(null);
			});
		}

		@Test
		void returnsFromAMethodWithoutAResult() {
			whileBusy(Jobs::nothing);
		}

		@Test
		void runsWhenTheLockIsFree() {
			BusyLockTests.this.runner.run((context) -> {
				Jobs jobs = context.getBean(Jobs.class);
				assertThat(jobs.optional()).contains("ran");
				assertThat(jobs.number()).isEqualTo(7);
				assertThat(jobs.stage().toCompletableFuture()).isCompletedWithValue("ran");
				jobs.nothing();
				assertThat(jobs.runs()).hasValue(4);
			});
		}

	}

	static class Jobs {

		private final AtomicInteger runs = new AtomicInteger();

		private final CountDownLatch called = new CountDownLatch(1);

		/** Fields of a proxy are not those of its target. */
		AtomicInteger runs() {
			return this.runs;
		}

		CountDownLatch called() {
			return this.called;
		}

		private <T> T ran(T result) {
			this.runs.incrementAndGet();
			return result;
		}

		@WithDistributedLock(name = "job", waitTimeout = "0")
		public void impatient() {
			ran("");
		}

		@WithDistributedLock(name = "job", waitTimeout = "0")
		public CompletionStage<String> impatientStage() {
			return CompletableFuture.completedFuture(ran(""));
		}

		/** The expression tells that the call has begun. */
		@WithDistributedLock(name = "job", waitTimeout = "#root.target.waitTimeout()")
		public void patient() {
			ran("");
		}

		public String waitTimeout() {
			this.called.countDown();
			return "30s";
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public OptionalLong optionalNumber() {
			this.runs.incrementAndGet();
			return OptionalLong.of(7);
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public Optional<String> optional() {
			return Optional.of(ran("ran"));
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public @Nullable Object object() {
			return ran("ran");
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public @Nullable List<String> list() {
			return List.of(ran("ran"));
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public @Nullable Integer boxed() {
			return ran(7);
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public int number() {
			return ran(7);
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public long longNumber() {
			return ran(7L);
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public double fraction() {
			return ran(7.0);
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public char character() {
			return ran('7');
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public boolean truth() {
			return ran(true);
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public CompletionStage<String> stage() {
			return CompletableFuture.completedFuture(ran("ran"));
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public CompletableFuture<String> future() {
			return CompletableFuture.completedFuture(ran("ran"));
		}

		@WithDistributedLock(name = "job", onBusy = OnBusy.SKIP)
		public void nothing() {
			ran("");
		}

	}

}
