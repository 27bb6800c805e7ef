package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedLease;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to a lease while it is held, and at its end.
 */
class LeaseKeeperTests {

	private static final LockKey KEY = new LockKey("key");

	private static final Duration LEASE = Duration.ofSeconds(9);

	private static final Duration THIRD = Duration.ofSeconds(3);

	private static final Duration NANO = Duration.ofNanos(1);

	private static final Wish FIXED = Wish.aTry().holding(Holding.FIXED);

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = SimulatedClient.punctual("a", this.world, this.table);

	private final SimulatedClient b = SimulatedClient.punctual("b", this.world, this.table);

	@AfterEach
	void whatIsNotHeldLeavesNothingBehind() {
		this.world.advance(Duration.ofMinutes(1));
		assertThat(this.a.process().pending()).as("timers").isLessThanOrEqualTo(2 * this.a.client().leases().size());
	}

	private int renewals() {
		return this.a.connection().requests(Request.Renew.class).size();
	}

	private void assertLost(SimulatedLease lease, Loss.Cause cause) {
		this.world.settle();
		assertThat(lease.isValid()).isFalse();
		assertThat(lease.remainingNanos()).isZero();
		assertThat(lease.lossCause()).contains(cause);
		assertThat(lease.losses()).containsExactly(lease.held().loss().orElseThrow());
		assertThat(this.a.client().leases().size()).isZero();
		assertThat(this.a.process().pending()).isZero();
		assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.NOT_HELD);
	}

	private void assertFree() {
		assertThat(this.table.item(KEY).orElseThrow().isFree()).isTrue();
	}

	@Nested
	class Renewal {

		@Test
		void comesAtAThirdOfTheLease() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			world.advance(THIRD.minus(NANO));
			assertThat(renewals()).isZero();
			world.advance(NANO);
			assertThat(a.connection().requests(Request.Renew.class))
				.containsExactly(new Request.Renew(KEY, "a-1", 9_000));
			assertThat(lease.remainingNanos()).isEqualTo(LEASE.toNanos());
			world.advance(THIRD.multipliedBy(9));
			assertThat(renewals()).isEqualTo(10);
			assertThat(lease.events().renewals()).hasSize(10).containsOnly(true);
		}

		@Test
		void keepsALeaseForHours() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			world.advance(Duration.ofHours(3));
			assertThat(lease.isValid()).isTrue();
			assertThat(renewals()).isEqualTo(3 * 60 * 20);
			assertThat(a.process().pending()).isEqualTo(2);
		}

		@Test
		void countsFromBeforeTheAcquisitionWasSent() {
			a.connection().next(Request.Acquire.class, Fault.delayAnswer(Duration.ofSeconds(2)));
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			assertThat(lease.remainingNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
			world.advance(Duration.ofSeconds(1).minus(NANO));
			assertThat(renewals()).isZero();
			world.advance(NANO);
			assertThat(renewals()).isOne();
		}

		@Test
		void prolongsFromBeforeItWasSent() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.delayAnswer(Duration.ofSeconds(2)));
			world.advance(Duration.ofSeconds(5));
			assertThat(lease.remainingNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
		}

		@Test
		void waitsForAThreadForHalfOfWhatIsLeft() {
			List<Long> patience = new ArrayList<>();
			SimulatedProcess c = world.process("c");
			LockClient client = new LockClient(table.connect(c), (request, patienceNanos, handler) -> {
				patience.add(patienceNanos);
				handler.answered(table.apply(request, c.wallMillis()), c.now());
			}, c, c, c, () -> 0, () -> "c-1", Runnable::run, new HandOff(1000, LEASE.toNanos()));
			client.acquireAsync(KEY, Wish.aTry().terms("c"), (outcome, nanos) -> {
			});
			world.advance(THIRD);
			assertThat(patience).containsExactly(LEASE.toNanos(), THIRD.toNanos());
		}

		@Test
		void isToldWithTheTimeItTook() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.delayAnswer(Duration.ofSeconds(2)));
			world.advance(Duration.ofSeconds(5));
			assertThat(lease.events().renewalTimes()).containsExactly(Duration.ofSeconds(2));
		}

		@Test
		void isRepeatedSoonAfterAFailure() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.throttle());
			a.connection().next(Request.Renew.class, Fault.loseRequest());
			world.advance(THIRD.plusMillis(600));
			assertThat(lease.events().renewals()).containsExactly(false, false, true);
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void isRepeatedUntilTheLeaseRunsOut() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().always(Request.Renew.class, Fault.loseRequest());
			world.advance(LEASE.minus(NANO));
			assertThat(lease.isValid()).isTrue();
			assertThat(renewals()).isBetween(20, 40);
			a.connection().heal();
			world.advance(NANO);
			assertLost(lease, Loss.Cause.UNREACHABLE);
		}

		@Test
		void doesNotRunTwiceAtTheSameTime() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.delayAnswer(Duration.ofSeconds(4)));
			world.in(Duration.ofSeconds(5), () -> {
				a.process().stepWall(LEASE);
				assertThat(lease.isValid()).isFalse();
			});
			world.in(Duration.ofSeconds(6), () -> assertThat(renewals()).isOne());
			world.advance(Duration.ofSeconds(7));
			assertThat(renewals()).isEqualTo(2);
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void byHandIsOneRequestAndProlongs() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			world.advance(Duration.ofSeconds(8));
			assertThat(lease.renew()).isEmpty();
			assertThat(renewals()).isOne();
			assertThat(lease.remainingNanos()).isEqualTo(LEASE.toNanos());
			world.advance(LEASE.minus(NANO));
			assertThat(lease.isValid()).isTrue();
			world.advance(NANO);
			assertLost(lease, Loss.Cause.EXPIRED);
		}

		@Test
		void byHandPutsOffTheNextOne() {
			a.hold(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(2));
			a.client().leases().renew(a.hold(new LockKey("other"), Wish.aTry()).held());
			assertThat(renewals()).isOne();
			world.advance(Duration.ofSeconds(1));
			assertThat(renewals()).isEqualTo(2);
			world.advance(Duration.ofSeconds(2));
			assertThat(renewals()).isEqualTo(3);
		}

		@Test
		void byHandThatFailsLeavesTheLeaseAsItWas() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(2));
			a.connection().next(Request.Renew.class, Fault.throttle());
			assertThat(lease.renew()).get().extracting(TableFailure::kind).isEqualTo(TableFailure.Kind.THROTTLED);
			assertThat(lease.remainingNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
			world.advance(Duration.ofMinutes(1));
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void byHandOfALostLeaseMakesNoRequest() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			a.process().freeze();
			world.advance(LEASE);
			assertThat(lease.renew()).isEmpty();
			assertThat(renewals()).isZero();
			a.process().thaw();
			assertLost(lease, Loss.Cause.EXPIRED);
		}

		@Test
		void thatWasOvertakenByAYoungerOneDoesNotShortenTheLease() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.beforeAnswer(() -> {
				world.advance(Duration.ofSeconds(1));
				lease.renew();
			}));
			world.advance(Duration.ofSeconds(4));
			assertThat(renewals()).isEqualTo(2);
			assertThat(lease.remainingNanos()).isEqualTo(LEASE.toNanos());
		}

	}

	@Nested
	class ALeaseThatIsNotRenewed {

		@Test
		void endsWhenItIsOver() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			world.advance(LEASE.minus(NANO));
			assertThat(lease.isValid()).isTrue();
			assertThat(lease.losses()).isEmpty();
			world.advance(NANO);
			assertLost(lease, Loss.Cause.EXPIRED);
			assertThat(renewals()).isZero();
			assertFree();
		}

		@Test
		void isConfirmedAfterAJumpOfTheWallClockAndNotProlonged() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			world.advance(Duration.ofSeconds(5));
			a.process().stepWall(Duration.ofHours(1));
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertThat(lease.isValid()).isTrue();
			assertThat(renewals()).isOne();
			assertThat(lease.remainingNanos()).isEqualTo(Duration.ofSeconds(4).toNanos());
			world.advance(Duration.ofSeconds(4));
			assertLost(lease, Loss.Cause.EXPIRED);
		}

		@Test
		void isAskedAboutAgainWhenItsConfirmationFailed() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			a.process().stepWall(LEASE);
			a.connection().next(Request.Renew.class, Fault.throttle());
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertThat(lease.isValid()).isTrue();
			assertThat(renewals()).isEqualTo(2);
		}

	}

	@Nested
	class ALoss {

		@Test
		void byUnreachabilityTellsItsCause() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().always(Fault.loseRequest());
			world.advance(LEASE);
			assertThat(lease.lossCause()).contains(Loss.Cause.UNREACHABLE);
			TableFailure failure = lease.held().loss().orElseThrow().failure().orElseThrow();
			assertThat(failure.message()).isEqualTo("No answer in time");
			assertThat(failure.cause()).isPresent();
			a.connection().heal();
			world.advance(Duration.ofSeconds(10));
			assertLost(lease, Loss.Cause.UNREACHABLE);
			assertFree();
		}

		@Test
		void byUnreachabilityIsNoticedWhileARenewalHasNoAnswer() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.timeOut(Duration.ofSeconds(20)));
			world.in(LEASE, () -> {
				assertThat(lease.isValid()).isFalse();
				assertThat(lease.lossCause()).contains(Loss.Cause.UNREACHABLE);
			});
			world.advance(THIRD);
			assertThat(Duration.ofNanos(world.nanos())).isEqualTo(Duration.ofSeconds(23));
			assertLost(lease, Loss.Cause.UNREACHABLE);
			assertFree();
		}

		@Test
		void isFinalEvenIfARenewalSucceedsAfterAll() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.delayRequest(Duration.ofSeconds(6)));
			world.advance(Duration.ofSeconds(10));
			assertLost(lease, Loss.Cause.UNREACHABLE);
			assertFree();
		}

		@Test
		void isNotFollowedByWordOfARenewalThatSucceeded() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.delayAnswer(Duration.ofSeconds(7)));
			world.advance(Duration.ofSeconds(11));
			assertLost(lease, Loss.Cause.UNREACHABLE);
			assertThat(lease.events().renewals()).isEmpty();
			assertFree();
		}

		@Test
		void thatCameWithARenewalThatFailsTellsOfThatToo() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			b.client().forceRelease(KEY);
			world.advance(THIRD);
			assertLost(lease, Loss.Cause.FORCE_RELEASED);
			assertThat(lease.events().renewals()).containsExactly(false);
		}

		@Test
		void ofAProcessThatStoodStillIsAnExpiry() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(2));
			a.process().freeze();
			world.advance(Duration.ofSeconds(20));
			a.process().thaw();
			assertLost(lease, Loss.Cause.EXPIRED);
			assertThat(renewals()).isZero();
			assertFree();
		}

		@Test
		void afterAStandstillIsNotBlamedOnAFailureThatWasOvercome() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.throttle());
			world.advance(Duration.ofSeconds(5));
			assertThat(lease.events().renewals()).containsExactly(false, true);
			a.process().freeze();
			world.advance(Duration.ofSeconds(20));
			a.process().thaw();
			assertLost(lease, Loss.Cause.EXPIRED);
		}

		@Test
		void toAForcedReleaseIsNoticedAtTheNextRenewal() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			b.client().forceRelease(KEY);
			world.advance(THIRD);
			assertLost(lease, Loss.Cause.FORCE_RELEASED);
			assertThat(lease.losses().get(0).holder()).isEmpty();
			assertThat(a.connection().requests(Request.Release.class)).isEmpty();
		}

		/** The process itself has released the first by name. */
		@Test
		void betweenTwoWritesOfTheSameAcquisitionLeavesNothingOfTheSecond() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			Request again = a.connection().requests(Request.Acquire.class).get(0);
			a.connection().next(Request.Release.class, Fault.beforeAnswer(() -> table.apply(again, 0)));
			a.client().forceRelease(KEY);
			assertLost(lease, Loss.Cause.FORCE_RELEASED);
			assertFree();
		}

		@Test
		void toAnotherHolderTellsWho() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			b.client().forceRelease(KEY);
			b.hold(KEY, Wish.aTry());
			world.advance(THIRD);
			assertLost(lease, Loss.Cause.TAKEN);
			assertThat(lease.losses().get(0).holder().orElseThrow().owner()).contains("b");
			assertThat(a.connection().requests(Request.Release.class)).isEmpty();
			assertThat(table.item(KEY).orElseThrow().owner()).contains("b");
		}

		@Test
		void ofTheItemIsAForcedRelease() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			table.remove(KEY);
			world.advance(THIRD);
			assertLost(lease, Loss.Cause.FORCE_RELEASED);
		}

		@Test
		void ofTheTableIsNoticedAtTheNextRenewal() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			table.drop();
			world.advance(THIRD);
			assertLost(lease, Loss.Cause.UNREACHABLE);
			assertThat(lease.losses().get(0).failure()).get()
				.extracting(TableFailure::kind)
				.isEqualTo(TableFailure.Kind.NO_TABLE);
		}

		@Test
		void isNoticedByWhoeverAsksBeforeAnyTimer() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().freeze();
			world.advance(LEASE);
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.lossCause()).contains(Loss.Cause.EXPIRED);
			a.process().thaw();
			assertLost(lease, Loss.Cause.EXPIRED);
		}

		@Test
		void isToldBeforeTheLockIsOfferedToOthers() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			List<Optional<String>> holders = new ArrayList<>();
			lease.events().whenLost(() -> {
				world.advance(Duration.ofSeconds(5));
				holders.add(table.item(KEY).orElseThrow().leaseId());
			});
			world.advance(LEASE);
			assertThat(holders).containsExactly(Optional.of("a-1"));
			assertLost(lease, Loss.Cause.EXPIRED);
			assertFree();
		}

		@Test
		void thatCannotBeToldReleasesTheLockAllTheSame() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			lease.events().whenLost(() -> {
				throw new IllegalStateException("A bad listener");
			});
			try {
				world.advance(LEASE);
			}
			catch (IllegalStateException ex) {
				assertThat(ex).hasMessage("A bad listener");
			}
			assertLost(lease, Loss.Cause.EXPIRED);
			assertFree();
		}

		@Test
		void isReleasedInTheBackgroundUntilTheTableAnswers() {
			SimulatedLease lease = a.hold(KEY, FIXED);
			a.connection().always(Fault.loseRequest());
			world.advance(LEASE.plusSeconds(5));
			assertThat(table.item(KEY).orElseThrow().isFree()).isFalse();
			a.connection().heal();
			world.advance(Duration.ofSeconds(5));
			assertLost(lease, Loss.Cause.EXPIRED);
			assertFree();
		}

		@Test
		void isFoundOutByAReadWhereTheServerDoesNotTellWhoHolds() {
			ModelTable silent = ModelTable.tellingNoHolder();
			SimulatedClient c = SimulatedClient.punctual("c", world, silent);
			SimulatedClient d = SimulatedClient.punctual("d", world, silent);
			SimulatedLease lease = c.hold(KEY, Wish.aTry());
			d.client().forceRelease(KEY);
			d.hold(KEY, Wish.aTry());
			c.connection().next(Request.Read.class, Fault.beforeAnswer(() -> assertThat(lease.isValid()).isFalse()));
			world.advance(THIRD);
			assertThat(lease.losses()).hasSize(1);
			assertThat(lease.losses().get(0).cause()).isEqualTo(Loss.Cause.TAKEN);
			assertThat(lease.losses().get(0).holder().orElseThrow().owner()).contains("d");
			assertThat(c.client().leases().size()).isZero();
			assertThat(c.process().pending()).isZero();
		}

	}

	@Nested
	class AServerThatDoesNotTellWhoHolds {

		@Test
		void isNotAskedAboutALeaseThatWasGivenBackMeanwhile() {
			SimulatedClient c = SimulatedClient.punctual("c", world, ModelTable.tellingNoHolder());
			SimulatedLease lease = c.hold(KEY, Wish.aTry());
			c.connection().next(Request.Renew.class, Fault.before(() -> assertThat(lease.release().held()).isTrue()));
			world.advance(THIRD);
			assertThat(c.connection().requests(Request.Read.class)).isEmpty();
			assertThat(lease.losses()).isEmpty();
		}

	}

	@Nested
	class AWallClockThatSaysTheLeaseIsOver {

		@Test
		void makesItInvalidUntilARenewalConfirmsIt() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			world.advance(Duration.ofSeconds(1));
			a.process().stepWall(Duration.ofSeconds(8));
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.remainingNanos()).isZero();
			assertThat(lease.losses()).isEmpty();
			world.settle();
			assertThat(renewals()).isOne();
			assertThat(lease.isValid()).isTrue();
			assertThat(lease.remainingNanos()).isEqualTo(LEASE.toNanos());
		}

		@Test
		void counts() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().stepWall(LEASE.minusMillis(1));
			assertThat(lease.isValid()).isTrue();
			a.process().stepWall(Duration.ofMillis(1));
			assertThat(lease.isValid()).isFalse();
		}

		@Test
		void isRightWhenTheMachineWasSuspendedForLong() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().suspend();
			SimulatedLease other = b.hold(KEY, Wish.patient());
			a.process().resume();
			assertThat(lease.isValid()).isFalse();
			assertLost(lease, Loss.Cause.TAKEN);
			assertThat(other.isValid()).isTrue();
		}

		@Test
		void isStillDoubtedWhenTheConfirmationIsOlderThanTheSuspension() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.beforeAnswer(() -> {
				a.process().suspend();
				world.advance(Duration.ofSeconds(10));
				a.process().resume();
			}));
			world.advance(THIRD);
			assertThat(lease.events().renewals()).containsExactly(true);
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void isIgnoredWhenItGoesBack() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().stepWall(Duration.ofDays(-3));
			assertThat(lease.isValid()).isTrue();
			world.advance(Duration.ofMinutes(1));
			assertThat(lease.isValid()).isTrue();
			assertThat(renewals()).isEqualTo(20);
		}

		@Test
		void doesNotHideAReleaseThatFoundTheLockTaken() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().suspend();
			SimulatedLease other = b.hold(KEY, Wish.patient());
			a.process().resume();
			assertThat(lease.release().held()).isFalse();
			assertThat(other.isValid()).isTrue();
			assertLost(lease, Loss.Cause.TAKEN);
		}

		@Test
		void makesALossOfALeaseThatIsReleasedAndCannotBeConfirmed() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().stepWall(Duration.ofSeconds(10));
			a.connection().always(Fault.loseRequest());
			assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.NOT_HELD);
			a.connection().heal();
			world.advance(Duration.ofSeconds(10));
			assertLost(lease, Loss.Cause.UNREACHABLE);
			assertFree();
		}

		@Test
		void doesNotKeepALeaseFromBeingReleased() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().stepWall(LEASE);
			assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);
			world.settle();
			assertFree();
			assertThat(lease.losses()).isEmpty();
		}

	}

	@Nested
	class Release {

		@ParameterizedTest
		@EnumSource(Holding.class)
		void isOneRequestAndLeavesNoTimers(Holding holding) {
			SimulatedLease lease = a.hold(KEY, Wish.aTry().holding(holding));
			a.connection().clearRequests();
			assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);
			assertThat(a.connection().requests()).containsExactly(new Request.Release(KEY, lease.id()));
			assertThat(a.process().pending()).isZero();
			assertThat(a.client().leases().size()).isZero();
			assertThat(lease.isValid()).isFalse();
			assertFree();
			assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.NOT_HELD);
			assertThat(a.connection().requests()).hasSize(1);
			world.advance(Duration.ofMinutes(1));
			assertThat(lease.losses()).isEmpty();
		}

		@Test
		void touchesNobodyElsesLock() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			b.client().forceRelease(KEY);
			SimulatedLease other = b.hold(KEY, Wish.aTry());
			assertThat(lease.release().held()).isTrue();
			world.advance(Duration.ofMinutes(1));
			assertThat(other.isValid()).isTrue();
			assertThat(other.losses()).isEmpty();
		}

		@Test
		void ofALostLeaseTouchesNothing() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().freeze();
			SimulatedLease other = b.hold(KEY, Wish.patient());
			assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.NOT_HELD);
			a.process().thaw();
			world.advance(Duration.ofMinutes(1));
			assertThat(other.isValid()).isTrue();
		}

		@Test
		void whoseAnswerIsLostIsRepeatedInTheBackground() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Release.class, Fault.loseRequest());
			LeaseKeeper.ReleaseResult result = lease.release();
			assertThat(result.held()).isTrue();
			assertThat(result.failure()).get().extracting(TableFailure::kind).isEqualTo(TableFailure.Kind.NO_ANSWER);
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertFree();
			assertThat(a.connection().requests(Request.Release.class)).hasSize(2);
			assertThat(lease.losses()).isEmpty();
		}

		@Test
		void fromAVanishedTableIsDone() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			table.drop();
			assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);
			assertThat(a.process().pending()).isZero();
		}

		@Test
		void whileARenewalIsUnderWayIsNoLoss() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.before(() -> assertThat(lease.release().held()).isTrue()));
			world.advance(THIRD);
			assertThat(renewals()).isOne();
			assertThat(lease.losses()).isEmpty();
			assertThat(lease.events().renewals()).isEmpty();
			assertThat(a.process().pending()).isZero();
			assertFree();
		}

		@Test
		void isNotFollowedByWordOfARenewalThatHadNoAnswer() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.timeOut(Duration.ofSeconds(2)));
			world.in(Duration.ofSeconds(4), () -> assertThat(lease.release().held()).isTrue());
			world.advance(Duration.ofMinutes(1));
			assertThat(lease.events().renewals()).isEmpty();
			assertThat(lease.losses()).isEmpty();
		}

		@Test
		void afterARenewalTookEffectIsFinal() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection()
				.next(Request.Renew.class, Fault.beforeAnswer(() -> assertThat(lease.release().held()).isTrue()));
			world.advance(THIRD);
			assertThat(lease.isValid()).isFalse();
			assertThat(a.process().pending()).isZero();
			world.advance(Duration.ofMinutes(1));
			assertThat(renewals()).isOne();
			assertFree();
		}

		@Test
		void keepsTheInterruptOfItsThread() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection()
				.next(Request.Release.class,
						Fault.before(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse()));
			Thread.currentThread().interrupt();
			assertThat(lease.release().held()).isTrue();
			assertThat(Thread.interrupted()).isTrue();
			assertFree();
		}

		@Test
		void canComeLaterAndKeepsTheLeaseUntilThen() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.client().leases().releaseLater(lease.held(), Duration.ofSeconds(20).toNanos());
			world.advance(Duration.ofSeconds(20).minus(NANO));
			assertThat(lease.isValid()).isTrue();
			assertThat(table.item(KEY).orElseThrow().isFree()).isFalse();
			world.advance(NANO);
			assertThat(lease.isValid()).isFalse();
			assertFree();
			assertThat(lease.losses()).isEmpty();
			assertThat(a.process().pending()).isZero();
		}

		@Test
		void thatIsToComeLaterIsNotPromisedForALockThatWasTaken() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().suspend();
			SimulatedLease other = b.hold(KEY, Wish.patient());
			a.process().resume();
			assertThat(a.client().endLater(lease.tenure(), THIRD.toNanos()))
				.isEqualTo(LeaseKeeper.ReleaseResult.NOT_HELD);
			assertLost(lease, Loss.Cause.TAKEN);
			assertThat(other.isValid()).isTrue();
		}

	}

	@Test
	void manyLeasesAreKeptAndLeaveNothingBehind() {
		List<SimulatedLease> leases = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			leases.add(this.a.hold(new LockKey("key-" + i), Wish.aTry()));
		}
		this.world.advance(Duration.ofMinutes(1));
		assertThat(leases).allMatch(SimulatedLease::isValid);
		assertThat(this.a.client().leases().size()).isEqualTo(100);
		leases.forEach(SimulatedLease::release);
		assertThat(this.a.process().pending()).isZero();
		assertThat(this.a.client().leases().size()).isZero();
	}

}
