package io.dynlock.aop;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LossPolicy;
import io.dynlock.LossReason;
import io.dynlock.MultiLease;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.LockTest;
import io.dynlock.testing.SharedDynamoDb;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

@LockTest
@Import(LockedStageTests.Jobs.class)
@Timeout(60)
class LockedStageTests {

	@Autowired
	private Jobs jobs;

	@Autowired
	private DistributedLockOperations locks;

	private final CompletableFuture<String> work = new CompletableFuture<>();

	private interface Case {

		void run(Jobs jobs, DistributedLockOperations locks) throws Exception;

	}

	private void run(Case test) throws Exception {
		test.run(this.jobs, this.locks);
	}

	@Test
	void theLockIsKeptUntilTheStageCompletes() throws Exception {
		run((jobs, locks) -> {
			CompletionStage<String> stage = jobs.run(this.work);
			assertThat(locks.status("stage").isHeld()).isTrue();
			assertThat(stage.toCompletableFuture()).isNotDone();
			assertThat(LockContext.find()).isEmpty();
			this.work.complete("done");
			assertThat(stage.toCompletableFuture()).isCompletedWithValue("done");
			assertThat(locks.status("stage").isHeld()).isFalse();
		});
	}

	@Test
	void theLockIsReleasedBeforeAnybodyHearsOfTheResult() throws Exception {
		run((jobs, locks) -> {
			CompletableFuture<Boolean> heldThen = jobs.run(this.work)
				.thenApply((result) -> locks.status("stage").isHeld())
				.toCompletableFuture();
			this.work.complete("done");
			assertThat(heldThen).isCompletedWithValue(false);
		});
	}

	@Test
	void aStageThatIsCompleteReleasesAtOnce() throws Exception {
		run((jobs, locks) -> {
			assertThat(jobs.run(CompletableFuture.completedFuture("done")).toCompletableFuture())
				.isCompletedWithValue("done");
			assertThat(locks.status("stage").isHeld()).isFalse();
		});
	}

	@Test
	void theFailureOfAStageArrivesUnchanged() throws Exception {
		run((jobs, locks) -> {
			AtomicReference<Throwable> seen = new AtomicReference<>();
			CompletionStage<String> stage = jobs.run(this.work).whenComplete((result, failure) -> seen.set(failure));
			IOException failure = new IOException("no");
			this.work.completeExceptionally(failure);
			assertThat(seen).hasValue(failure);
			assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
			assertThat(locks.status("stage").isHeld()).isFalse();
		});
	}

	@Test
	void theFailureOfADependentStageArrivesAsItWould() throws Exception {
		run((jobs, locks) -> {
			IllegalStateException failure = new IllegalStateException("no");
			CompletableFuture<String> dependent = this.work.thenApply((result) -> {
				throw failure;
			});
			CompletableFuture<String> stage = jobs.run(dependent).toCompletableFuture();
			this.work.complete("done");
			assertThatExceptionOfType(CompletionException.class).isThrownBy(stage::join)
				.havingCause()
				.isSameAs(failure);
		});
	}

	@Test
	void aStageThatWasCancelledIsCancelledForTheCallerToo() throws Exception {
		run((jobs, locks) -> {
			CompletableFuture<String> stage = jobs.run(this.work).toCompletableFuture();
			this.work.cancel(false);
			assertThat(stage.isCancelled()).isTrue();
			assertThat(catchThrowable(stage::join)).isInstanceOf(CancellationException.class);
			assertThat(locks.status("stage").isHeld()).isFalse();
		});
	}

	@Test
	void anExceptionBeforeThereIsAStageIsThrownAndReleases() throws Exception {
		run((jobs, locks) -> {
			assertThatIllegalStateException().isThrownBy(jobs::fail).withMessage("before");
			assertThatThrownBy(jobs::failChecked).isInstanceOf(IOException.class).hasMessage("checked");
			assertThat(locks.status("stage").isHeld()).isFalse();
		});
	}

	@Test
	void noStageReleases() throws Exception {
		run((jobs, locks) -> {
			assertThat(jobs.run(null)).isNull();
			assertThat(locks.status("stage").isHeld()).isFalse();
		});
	}

	@Test
	void theThreadThatCalledMayNotEnterAgainWhileTheStageIsPending() throws Exception {
		run((jobs, locks) -> {
			CompletionStage<String> stage = jobs.run(this.work);
			assertThat(jobs.skip().toCompletableFuture()).isCompletedWithValue(null);
			assertThat(jobs.skipWithoutStage()).isNull();
			this.work.complete("done");
			assertThat(stage.toCompletableFuture()).isCompletedWithValue("done");
			assertThat(jobs.skipWithoutStage()).isEqualTo("ran");
		});
	}

	@Test
	void theMethodHasItsLease() throws Exception {
		run((jobs, locks) -> {
			jobs.run(this.work);
			assertThat(jobs.lease().key()).isEqualTo("stage");
			assertThat(jobs.lease().isValid()).isTrue();
			this.work.complete("done");
			assertThat(jobs.lease().isValid()).isFalse();
		});
	}

	@Test
	void aLossTurnsTheResultIntoAFailure() throws Exception {
		run((jobs, locks) -> {
			CompletableFuture<String> stage = jobs.run(this.work).toCompletableFuture();
			lose(jobs, locks);
			this.work.complete("done");
			assertThat(catchThrowable(stage::join)).cause()
				.isInstanceOfSatisfying(LockLostException.class,
						(lost) -> assertThat(lost.reason()).isInstanceOf(LossReason.ForceReleased.class));
		});
	}

	@Test
	void aLossIsSuppressedIntoAFailure() throws Exception {
		run((jobs, locks) -> {
			CompletableFuture<String> stage = jobs.run(this.work).toCompletableFuture();
			lose(jobs, locks);
			IOException failure = new IOException("no");
			this.work.completeExceptionally(failure);
			assertThat(catchThrowable(stage::join)).cause().isSameAs(failure);
			assertThat(failure.getSuppressed()).singleElement().isInstanceOf(LockLostException.class);
		});
	}

	@Test
	void aLossThatIsOnlyLoggedLeavesTheResult() {
		SharedDynamoDb.contextRunner()
			.withBean(Jobs.class)
			.withPropertyValues("dynlock.lease.on-loss=log")
			.run((context) -> {
				Jobs jobs = context.getBean(Jobs.class);
				CompletableFuture<String> stage = jobs.run(this.work).toCompletableFuture();
				lose(jobs, context.getBean(DistributedLockOperations.class));
				this.work.complete("done");
				assertThat(stage).isCompletedWithValue("done");
			});
	}

	@Test
	void whatWasGivenBackEarlyIsNotLost() throws Exception {
		run((jobs, locks) -> {
			CompletionStage<String> stage = jobs.run(this.work);
			assertThat(jobs.lease().release()).isTrue();
			this.work.complete("done");
			assertThat(stage.toCompletableFuture()).isCompletedWithValue("done");
		});
	}

	@Test
	void theFailureAfterLocksWereGivenBackEarlyArrivesUnchanged() throws Exception {
		run((jobs, locks) -> {
			CompletableFuture<String> stage = jobs.several(this.work).toCompletableFuture();
			jobs.leases().release();
			IOException failure = new IOException("no");
			this.work.completeExceptionally(failure);
			assertThat(catchThrowable(stage::join)).cause().isSameAs(failure);
			assertThat(failure.getSuppressed()).isEmpty();
		});
	}

	@Test
	void theLossOfOneOfSeveralIsToldAlthoughAnotherWasGivenBack() throws Exception {
		run((jobs, locks) -> {
			CompletableFuture<String> stage = jobs.several(this.work).toCompletableFuture();
			assertThat(jobs.leases().lease("stage:a").release()).isTrue();
			assertThat(locks.forceRelease("stage:b")).isPresent();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> jobs.leases().lease("stage:b").renew());
			this.work.complete("done");
			assertThat(catchThrowable(stage::join)).cause()
				.isInstanceOfSatisfying(LockLostException.class, (lost) -> assertThat(lost.key()).isEqualTo("stage:b"));
		});
	}

	@Test
	void aLeaseThatFailsInWhateverWayIsClosedAndItsFailureArrives() throws Exception {
		IllegalStateException failure = new IllegalStateException("of the lease");
		Lease failing = mock(Lease.class);
		doThrow(failure).when(failing).ensureValid();
		doCallRealMethod().when(failing).within(any());
		CompletionStage<?> stage = LockedStage.run(new Held.One(failing), LossPolicy.THROW,
				() -> new Result(this.work));
		this.work.complete("done");
		assertThat(stage).isNotNull();
		assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
		assertThat(catchThrowable(stage.toCompletableFuture()::join)).cause().isSameAs(failure);
		verify(failing).close();
	}

	private static void lose(Jobs jobs, DistributedLockOperations locks) {
		assertThat(locks.forceRelease("stage")).isPresent();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> jobs.lease().renew());
	}

	static class Jobs {

		private @Nullable Lease lease;

		private @Nullable MultiLease leases;

		@Nullable Lease lease() {
			return this.lease;
		}

		@WithDistributedLock(name = "stage")
		public CompletionStage<String> run(CompletionStage<String> work) {
			this.lease = LockContext.current();
			return work;
		}

		MultiLease leases() {
			return Objects.requireNonNull(this.leases);
		}

		@WithDistributedLock(name = "stage", keys = { "'a'", "'b'" })
		public CompletionStage<String> several(CompletionStage<String> work) {
			this.leases = LockContext.currentMulti();
			return work;
		}

		@WithDistributedLock(name = "stage", onBusy = OnBusy.SKIP)
		public CompletionStage<String> skip() {
			return CompletableFuture.completedFuture("ran");
		}

		@WithDistributedLock(name = "stage", onBusy = OnBusy.SKIP)
		public @Nullable String skipWithoutStage() {
			return "ran";
		}

		@WithDistributedLock(name = "stage")
		public CompletableFuture<String> fail() {
			throw new IllegalStateException("before");
		}

		@WithDistributedLock(name = "stage")
		public CompletableFuture<String> failChecked() throws IOException {
			throw new IOException("checked");
		}

	}

}
