package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedLease;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Acquiring when answers get lost or come too late.
 */
class UnclearOutcomeTests {

	private static final LockKey KEY = new LockKey("key");

	private static final Duration LEASE = Duration.ofSeconds(9);

	private static final Duration NANO = Duration.ofNanos(1);

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private final SimulatedClient b = new SimulatedClient("b", this.world, this.table);

	@AfterEach
	void nothingIsLeftInTheBackground() {
		this.world.advance(Duration.ofMinutes(1));
		if (this.a.client().leases().size() == 0) {
			assertThat(this.a.process().pending()).isZero();
		}
		assertThat(this.b.process().pending()).isZero();
	}

	private void assertFree() {
		assertThat(this.table.item(KEY).map(LockRecord::isFree)).isNotEqualTo(Optional.of(false));
	}

	private static TableFailure unknown(TableFailure.Kind kind) {
		return new TableFailure(kind, "Who knows", true, Optional.empty(), Optional.empty());
	}

	@Nested
	class ALostAnswer {

		@Test
		void isFoundOutByARetryThatMeetsItsOwnId() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			Grant grant = a.grant(KEY, Wish.patient());
			assertThat(a.connection().requests(Request.Acquire.class)).extracting(Request.Acquire::leaseId)
				.containsExactly("a-1", "a-1");
			assertThat(table.item(KEY).orElseThrow().leaseId()).contains(grant.leaseId());
			assertThat(a.attempts()).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.ACQUIRED);
			world.settle();
			assertThat(a.connection().requests(Request.Release.class)).isEmpty();
		}

		@Test
		void raisesTheVersionAgainWhenItIsRepeated() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			Grant grant = a.grant(KEY, Wish.patient());
			assertThat(grant.version()).isEqualTo(table.itemAgo(KEY, 1).orElseThrow().version().getAsLong() + 1);
			assertThat(table.item(KEY).orElseThrow().version()).hasValue(grant.version());
		}

		@Test
		void countsTheLeaseFromTheRetry() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			Grant grant = a.grant(KEY, Wish.patient().pauses(Duration.ofSeconds(4), Duration.ofSeconds(4)));
			assertThat(grant.validity().remainingNanos(a.process().now())).isEqualTo(LEASE.toNanos());
		}

		@Test
		void ofACallThatGivesUpIsReleasedInTheBackground() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			assertThat(a.acquire(KEY, Wish.aTry())).extracting("failure.outcomeUnknown").isEqualTo(true);
			assertThat(table.item(KEY).orElseThrow().isFree()).isFalse();
			world.settle();
			assertFree();
			assertThat(a.connection().requests(Request.Release.class)).containsExactly(new Request.Release(KEY, "a-1"));
		}

		@Test
		void ofACallThatTakesNoThreadIsReleasedInTheBackground() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			CompletableFuture<Outcome> outcome = a.acquireAsync(KEY, Wish.aTry());
			world.settle();
			assertThat(outcome.join()).extracting("failure.outcomeUnknown").isEqualTo(true);
			assertFree();
		}

		@Test
		void ofACallThatFailsInAWayThatNobodyForesawIsReleasedInTheBackground() {
			a.connection().next(Request.Acquire.class, (delivery) -> {
				delivery.apply();
				throw new NoClassDefFoundError("an old library");
			});
			assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> a.acquire(KEY, Wish.patient()));
			world.settle();
			assertFree();
		}

		@Test
		void ofAPermanentLockWhoseCallFailsIsReleasedUnderBothIds() {
			a.connection().next(Request.MakePermanent.class, (delivery) -> {
				delivery.apply();
				throw new NoClassDefFoundError("an old library");
			});
			assertThatExceptionOfType(NoClassDefFoundError.class)
				.isThrownBy(() -> a.acquire(KEY, Wish.patient().holding(Holding.PERMANENT)));
			world.settle();
			assertFree();
		}

		@Test
		void isNotForgottenWhenTheLastAnswerSaysThatTheLockIsHeld() {
			a.connection().next(Request.Acquire.class, Fault.landLate(Duration.ofSeconds(20)));
			b.grant(KEY, Wish.aTry());
			assertThat(a.acquire(KEY, Wish.aTry().waiting(Duration.ofSeconds(1)))).extracting("inDoubt")
				.isEqualTo(true);
			assertThat(a.acquire(KEY, Wish.aTry().waiting(Duration.ofSeconds(1)))).extracting("inDoubt")
				.isEqualTo(false);
		}

		@Test
		void toALookIsNoDoubt() {
			b.grant(KEY, Wish.aTry());
			a.connection().always(Request.Read.class, Fault.throttle());
			assertThat(a.acquire(KEY, Wish.aTry().waiting(Duration.ofSeconds(1)))).extracting("failure.outcomeUnknown")
				.isEqualTo(false);
		}

		@Test
		void isReleasedAsSoonAsTheTableIsBack() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			a.connection().always(Request.Release.class, Fault.loseRequest());
			a.acquire(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(10));
			a.connection().heal();
			world.advance(Duration.ofSeconds(5));
			assertFree();
		}

		@Test
		void isNotPursuedLongerThanItCouldMatter() {
			a.connection().always(Fault.loseRequest());
			a.acquire(KEY, Wish.aTry());
			world.advance(LEASE.multipliedBy(2).plusSeconds(6));
			assertThat(a.process().pending()).isZero();
			assertThat(a.connection().requests(Request.Release.class)).hasSizeBetween(5, 15);
		}

		@Test
		void ofAnInterruptedCallIsReleasedInTheBackground() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			world.in(Duration.ofMillis(10), Thread.currentThread()::interrupt);
			assertThatIllegalStateException().isThrownBy(() -> a.acquire(KEY, Wish.patient()));
			assertThat(Thread.interrupted()).isTrue();
			world.settle();
			assertFree();
		}

		@Test
		void ofACallThatIsInterruptedInItsRequestIsReleasedInTheBackground() {
			a.connection().next(Request.Acquire.class, (delivery) -> {
				delivery.apply();
				return new Answer.Failed(unknown(TableFailure.Kind.INTERRUPTED));
			});
			assertThat(a.acquire(KEY, Wish.patient())).extracting("failure.kind")
				.isEqualTo(TableFailure.Kind.INTERRUPTED);
			world.settle();
			assertFree();
		}

		@Test
		void thatIsFollowedByARefusalIsReleasedAtTheEndAllTheSame() {
			a.connection().next(Request.Acquire.class, Fault.landLate(Duration.ofSeconds(2)));
			SimulatedLease lease = b.hold(KEY, Wish.aTry());
			assertThat(a.acquire(KEY, Wish.aTry().waiting(Duration.ofSeconds(1))))
				.isInstanceOf(Acquisition.Result.Busy.class);
			world.settle();
			assertThat(a.connection().requests(Request.Release.class)).hasSize(1);
			assertThat(table.item(KEY).orElseThrow().owner()).contains("b");
			lease.release();
		}

		@Test
		void touchesNobodyElsesLock() {
			a.connection().next(Request.Acquire.class, Fault.loseRequest());
			a.connection().next(Request.Release.class, Fault.delayRequest(Duration.ofSeconds(1)));
			a.acquire(KEY, Wish.aTry());
			SimulatedLease lease = b.hold(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(20));
			assertThat(lease.isValid()).isTrue();
			assertThat(lease.losses()).isEmpty();
			lease.release();
		}

		@Test
		void ofAnEarlierWriteDoesNotHarmTheLeaseWhenItLandsLate() {
			a.connection().next(Request.Acquire.class, Fault.landLate(Duration.ofSeconds(5)));
			SimulatedLease lease = a.hold(KEY, Wish.patient());
			world.advance(Duration.ofSeconds(60));
			assertThat(lease.isValid()).isTrue();
			lease.release();
		}

		@Test
		void thatLandsAfterItsReleaseHoldsTheLockForOneLeaseAtMost() {
			a.connection().next(Request.Acquire.class, Fault.landLate(Duration.ofSeconds(1)));
			a.acquire(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(1));
			assertThat(table.item(KEY).orElseThrow().isFree()).isFalse();
			b.grant(KEY, Wish.patient());
			assertThat(world.nanos()).isEqualTo(Duration.ofMillis(10_180).toNanos());
		}

	}

	@Nested
	class ALateGrant {

		@Test
		void isTakenUpToTheEndOfItsLease() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(LEASE.minus(NANO)));
			Grant grant = a.grant(KEY, Wish.aTry());
			assertThat(grant.validity().remainingNanos(a.process().now())).isOne();
		}

		@Test
		void isReleasedAndTriedAgainUnderAnotherId() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(LEASE));
			Grant grant = a.grant(KEY, Wish.patient());
			assertThat(a.connection().requests()).extracting(Object::getClass)
				.isEqualTo(List.of(Request.Acquire.class, Request.Release.class, Request.Acquire.class));
			assertThat(a.connection().requests(Request.Release.class)).containsExactly(new Request.Release(KEY, "a-1"));
			assertThat(grant.leaseId()).isEqualTo("a-2");
			assertThat(grant.validity().remainingNanos(a.process().now())).isEqualTo(LEASE.toNanos());
			assertThat(a.attempts()).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.ACQUIRED);
		}

		@Test
		void isNotedByTheWallClockAlone() {
			a.connection().next(Request.Acquire.class, Fault.beforeAnswer(() -> {
				a.process().suspend();
				world.advance(LEASE);
				a.process().resume();
			}));
			Grant grant = a.grant(KEY, Wish.patient());
			assertThat(grant.leaseId()).isEqualTo("a-2");
			assertThat(a.connection().requests(Request.Release.class)).hasSize(1);
		}

		@Test
		void ofACallThatDoesNotWaitIsReleasedBeforeItFails() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(LEASE));
			assertThat(a.acquire(KEY, Wish.aTry())).extracting("failure.kind").isEqualTo(TableFailure.Kind.NO_ANSWER);
			assertFree();
		}

		@Test
		void thatCannotBeReleasedAtOnceIsReleasedInTheBackground() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(LEASE));
			a.connection().next(Request.Release.class, Fault.loseRequest());
			a.acquire(KEY, Wish.aTry());
			assertThat(table.item(KEY).orElseThrow().isFree()).isFalse();
			world.settle();
			assertFree();
		}

		@Test
		void isNoLongerHeldWhenItsReleaseLandsLateAndTheNextGrantIs() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(LEASE));
			a.connection().next(Request.Release.class, Fault.repeatLate(Duration.ofSeconds(5)));
			SimulatedLease lease = a.hold(KEY, Wish.patient());
			world.advance(Duration.ofSeconds(20));
			assertThat(lease.isValid()).isTrue();
			lease.release();
		}

		@Test
		void ofAPermanentLockIsNotMadePermanent() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(LEASE));
			a.acquire(KEY, Wish.aTry().holding(Holding.PERMANENT));
			assertThat(a.connection().requests(Request.MakePermanent.class)).isEmpty();
			assertFree();
		}

	}

	@Nested
	class APermanentLock {

		private final Wish forever = Wish.patient().holding(Holding.PERMANENT);

		@Test
		void isFirstTakenWithALeaseThenMadePermanentUnderAnotherId() {
			SimulatedLease lease = a.hold(KEY, this.forever);
			assertThat(a.connection().requests()).containsExactly(
					new Request.Acquire(KEY, "a-1", "a", 9_000, Optional.empty(), Optional.empty()),
					new Request.MakePermanent(KEY, "a-1", "a-2"));
			LockRecord item = table.item(KEY).orElseThrow();
			assertThat(item.leaseId()).contains("a-2");
			assertThat(item.leaseMillis()).isEmpty();
			assertThat(lease.id()).isEqualTo("a-2");
			assertThat(a.attempts()).containsExactly(AttemptOutcome.ACQUIRED);
		}

		@Test
		void needsNoRenewalAndIsValidForYears() {
			SimulatedLease lease = a.hold(KEY, this.forever);
			assertThat(a.process().pending()).isZero();
			world.advance(Duration.ofDays(30_000));
			assertThat(lease.isValid()).isTrue();
			assertThat(lease.remainingNanos()).isEqualTo(Long.MAX_VALUE);
			assertThat(a.connection().requests(Request.Renew.class)).isEmpty();
			assertThat(lease.release().held()).isTrue();
			assertFree();
		}

		@Test
		void canBeRenewedByHandToBeSure() {
			SimulatedLease lease = a.hold(KEY, this.forever);
			assertThat(lease.renew()).isEmpty();
			assertThat(lease.isValid()).isTrue();
			b.client().forceRelease(KEY);
			assertThat(lease.renew()).isEmpty();
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.lossCause()).contains(Loss.Cause.FORCE_RELEASED);
		}

		@Test
		void isNotGivenALeaseAgainByALateCopyOfItsAcquisition() {
			a.connection().next(Request.Acquire.class, Fault.repeatLate(Duration.ofSeconds(5)));
			a.hold(KEY, this.forever);
			world.advance(Duration.ofSeconds(10));
			assertThat(table.item(KEY).orElseThrow().leaseMillis()).isEmpty();
			assertThat(b.acquire(KEY, Wish.aTry().waiting(Duration.ofHours(1))))
				.isInstanceOf(Acquisition.Result.Busy.class);
		}

		@Test
		void survivesALostAnswerToItsSecondStep() {
			a.connection().next(Request.MakePermanent.class, Fault.loseAnswer());
			a.connection().next(Request.MakePermanent.class, Fault.throttle());
			SimulatedLease lease = a.hold(KEY, this.forever);
			assertThat(a.connection().requests(Request.MakePermanent.class)).hasSize(3)
				.containsOnly(new Request.MakePermanent(KEY, "a-1", "a-2"));
			world.advance(Duration.ofMinutes(1));
			assertThat(table.item(KEY).orElseThrow().leaseId()).contains("a-2");
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void isReleasedWhenTheSecondStepIsRefusedForGood() {
			a.connection().always(Request.MakePermanent.class, Fault.reject());
			assertThat(a.acquire(KEY, this.forever)).extracting("failure.kind").isEqualTo(TableFailure.Kind.REJECTED);
			assertThat(a.attempts()).containsExactly(AttemptOutcome.FAILED);
			world.settle();
			assertFree();
		}

		@Test
		void isReleasedWhenTheSecondStepTookEffectButNobodyLearns() {
			a.connection().always(Request.MakePermanent.class, Fault.loseAnswer());
			assertThat(a.acquire(KEY, this.forever)).extracting("failure.kind").isEqualTo(TableFailure.Kind.NO_ANSWER);
			assertThat(Duration.ofNanos(world.nanos())).isEqualTo(LEASE);
			world.settle();
			assertFree();
		}

		@Test
		void isReleasedHoweverLongTheTableIsOutOfReach() {
			a.connection().always(Request.MakePermanent.class, Fault.loseAnswer());
			a.connection().always(Request.Release.class, Fault.loseRequest());
			a.acquire(KEY, this.forever);
			world.advance(Duration.ofHours(3));
			assertThat(table.item(KEY).orElseThrow().isFree()).isFalse();
			a.connection().heal();
			world.advance(Duration.ofSeconds(5));
			assertFree();
		}

		@Test
		void isReleasedWhenTheSecondStepLandsBetweenTheReleases() {
			a.connection().next(Request.MakePermanent.class, (delivery) -> {
				delivery.later(Duration.ofSeconds(1));
				return new Answer.Failed(unknown(TableFailure.Kind.INTERRUPTED));
			});
			a.connection().next(Request.Release.class, Fault.delayRequest(Duration.ofSeconds(2)));
			a.acquire(KEY, this.forever);
			world.advance(Duration.ofSeconds(10));
			assertThat(a.connection().requests(Request.Release.class)).containsExactly(new Request.Release(KEY, "a-1"),
					new Request.Release(KEY, "a-2"));
			assertFree();
		}

		@Test
		void isReleasedWhenTheCallerIsInterruptedBetweenTheSteps() {
			a.connection().always(Request.MakePermanent.class, Fault.loseAnswer());
			world.in(Duration.ofSeconds(3), Thread.currentThread()::interrupt);
			assertThatIllegalStateException().isThrownBy(() -> a.acquire(KEY, this.forever));
			assertThat(Thread.interrupted()).isTrue();
			world.settle();
			assertFree();
		}

		@Test
		void thatIsForceReleasedBetweenTheStepsIsTakenAnew() {
			a.connection().next(Request.MakePermanent.class, Fault.before(() -> b.client().forceRelease(KEY)));
			SimulatedLease lease = a.hold(KEY, this.forever);
			assertThat(a.connection().requests(Request.Acquire.class)).extracting(Request.Acquire::leaseId)
				.containsExactly("a-1", "a-3");
			assertThat(lease.id()).isEqualTo("a-4");
			assertThat(a.attempts()).containsExactly(AttemptOutcome.BUSY, AttemptOutcome.ACQUIRED);
		}

		@Test
		void dependsOnNoClockOnceItIsPermanent() {
			SimulatedLease lease = a.hold(KEY, this.forever);
			a.process().stepWall(Duration.ofDays(1_000));
			assertThat(lease.isValid()).isTrue();
			assertThat(a.connection().requests(Request.Renew.class)).isEmpty();
		}

	}

}
