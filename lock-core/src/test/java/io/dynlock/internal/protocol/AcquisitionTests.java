package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedLease;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Acquiring and waiting, as long as every answer comes.
 */
class AcquisitionTests {

	private static final LockKey KEY = new LockKey("key");

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private final SimulatedClient b = new SimulatedClient("b", this.world, this.table);

	@AfterEach
	void waitersLeaveNoTimersBehind() {
		assertThat(this.b.process().pending()).isZero();
	}

	private Acquisition.Result.Busy busy(Acquisition.Result result) {
		assertThat(result).isInstanceOf(Acquisition.Result.Busy.class);
		return (Acquisition.Result.Busy) result;
	}

	private Duration now() {
		return Duration.ofNanos(this.world.nanos());
	}

	@Nested
	class OfAFreeLock {

		@Test
		void isOneWriteWithNoReadBefore() {
			Grant grant = b.grant(KEY, Wish.aTry());
			assertThat(b.connection().requests())
				.containsExactly(new Request.Acquire(KEY, "b-1", "b", 9_000, Optional.empty(), Optional.empty()));
			assertThat(b.attempts()).containsExactly(AttemptOutcome.ACQUIRED);
			LockRecord item = table.item(KEY).orElseThrow();
			assertThat(item.leaseId()).contains(grant.leaseId());
			assertThat(item.version()).hasValue(grant.version());
		}

		@Test
		void raisesTheVersionWithEveryGrant() {
			long last = 0;
			for (int i = 0; i < 5; i++) {
				Grant grant = ((i % 2 == 0) ? a : b).grant(KEY, Wish.aTry());
				assertThat(grant.version()).isGreaterThan(last);
				last = grant.version();
				assertThat(((i % 2 == 0) ? a : b).connection().send(new Request.Release(KEY, grant.leaseId())))
					.isInstanceOf(Answer.Written.class);
			}
		}

		@Test
		void usesAnIdOfItsOwnEveryTime() {
			a.hold(KEY, Wish.aTry()).release();
			a.hold(KEY, Wish.aTry()).release();
			assertThat(a.connection().requests(Request.Acquire.class)).extracting(Request.Acquire::leaseId)
				.doesNotHaveDuplicates();
		}

	}

	@Nested
	class OfAHeldLock {

		@Test
		void withoutWaitingIsOneRequestAndTellsTheHolder() {
			a.hold(KEY, Wish.aTry());
			Acquisition.Result.Busy result = busy(b.acquire(KEY, Wish.aTry()));
			assertThat(result.attempts()).isOne();
			assertThat(result.holder().orElseThrow().owner()).contains("a");
			assertThat(b.connection().requests()).hasSize(1);
			assertThat(b.attempts()).containsExactly(AttemptOutcome.BUSY);
			assertThat(now()).isZero();
		}

		@Test
		void withoutWaitingIsOneRequestAtEveryTry() {
			a.hold(KEY, Wish.aTry());
			for (int i = 1; i <= 20; i++) {
				busy(b.acquire(KEY, Wish.aTry()));
				assertThat(b.connection().requests()).hasSize(i);
				world.advance(Duration.ofSeconds(2));
			}
		}

		@Test
		void pollsWithEventuallyConsistentReadsAndWritesOnceTheLockIsFree() {
			var lease = a.hold(KEY, Wish.aTry());
			world.in(Duration.ofSeconds(5), lease::release);
			b.grant(KEY, Wish.patient());
			List<Request> requests = b.connection().requests();
			assertThat(b.connection().requests(Request.Acquire.class)).hasSize(2);
			assertThat(requests.get(0)).isInstanceOf(Request.Acquire.class);
			assertThat(requests.get(requests.size() - 1)).isInstanceOf(Request.Acquire.class);
			assertThat(b.connection().requests(Request.Read.class)).hasSizeGreaterThan(2)
				.containsOnly(new Request.Read(KEY, false));
			assertThat(b.attempts()).hasSize(b.connection().requests(Request.Read.class).size() + 1)
				.endsWith(AttemptOutcome.ACQUIRED);
			assertThat(now()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
		}

		@Test
		void findsThatTheItemIsGone() {
			table.putForeign(KEY);
			world.in(Duration.ofSeconds(5), () -> table.remove(KEY));
			b.grant(KEY, Wish.patient());
			assertThat(now()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
		}

		@Test
		void isNotDisturbedByAStaleReadThatShowsItFree() {
			a.hold(KEY, Wish.aTry()).release();
			a.hold(KEY, Wish.aTry());
			b.connection().next(Request.Read.class, Fault.staleRead(1));
			Acquisition.Result.Busy result = busy(b.acquire(KEY, Wish.patient().retries(2)));
			assertThat(result.attempts()).isEqualTo(3);
			assertThat(result.holder().orElseThrow().owner()).contains("a");
			assertThat(b.connection().requests()).extracting(Object::getClass)
				.isEqualTo(
						List.of(Request.Acquire.class, Request.Read.class, Request.Acquire.class, Request.Read.class));
		}

		@Test
		void ofTheGoPackageWaitsUntilItIsReleased() {
			table.putForeign(KEY);
			Acquisition.Result.Busy result = busy(b.acquire(KEY, Wish.patient().waiting(Duration.ofHours(1))));
			assertThat(result.holder().orElseThrow().isForeign()).isTrue();
			assertThat(b.connection().requests(Request.Acquire.class)).hasSize(1);
		}

		@Test
		void canBeInterrupted() {
			a.hold(KEY, Wish.aTry());
			world.in(Duration.ofSeconds(5), Thread.currentThread()::interrupt);
			assertThatIllegalStateException().isThrownBy(() -> b.acquire(KEY, Wish.patient()))
				.withCauseInstanceOf(InterruptedException.class);
			assertThat(Thread.interrupted()).isTrue();
			world.settle();
			assertThat(table.item(KEY).orElseThrow().owner()).contains("a");
			assertThat(now()).isEqualTo(Duration.ofSeconds(5));
		}

		@Test
		void endsAtOnceWhenTheClientCloses() throws InterruptedException {
			a.hold(KEY, Wish.aTry());
			world.in(Duration.ofSeconds(5), () -> {
				try {
					b.client().close(0);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			busy(b.acquire(KEY, Wish.patient()));
			assertThat(now()).isEqualTo(Duration.ofSeconds(5));
			assertThat(b.client().isClosed()).isTrue();
		}

	}

	@Nested
	class Limits {

		@Test
		void retriesComeOnTopOfTheFirstAttempt() {
			a.hold(KEY, Wish.aTry());
			assertThat(busy(b.acquire(KEY, Wish.patient().retries(3))).attempts()).isEqualTo(4);
			assertThat(b.connection().requests()).hasSize(4);
			assertThat(b.attempts()).hasSize(4);
		}

		@Test
		void noRetriesAreASingleAttemptHoweverLongTheWaitMayBe() {
			a.hold(KEY, Wish.aTry());
			assertThat(busy(b.acquire(KEY, Wish.patient().retries(0))).attempts()).isOne();
			assertThat(now()).isZero();
		}

		@Test
		void theLastAttemptIsMadeWhenTheTimeIsOver() {
			a.hold(KEY, Wish.aTry());
			List<Duration> reads = new ArrayList<>();
			b.connection().always(Request.Read.class, Fault.before(() -> reads.add(now())));
			busy(b.acquire(KEY, Wish.aTry().waiting(Duration.ofMillis(7_777))));
			assertThat(now()).isEqualTo(Duration.ofMillis(7_777));
			assertThat(reads).doesNotHaveDuplicates().endsWith(Duration.ofMillis(7_777));
		}

		@Test
		void aLockThatIsFreedInTheLastMomentIsStillTaken() {
			var lease = a.hold(KEY, Wish.aTry());
			world.in(Duration.ofMillis(7_776), lease::release);
			b.grant(KEY,
					Wish.aTry().waiting(Duration.ofMillis(7_777)).pauses(Duration.ofHours(1), Duration.ofHours(1)));
			assertThat(now()).isEqualTo(Duration.ofMillis(7_777));
		}

		@ParameterizedTest
		@CsvSource({ "3, 3600, 4", "1000000, 40, 0" })
		void ofTimeAndNumberTheFirstToBeReachedEndsTheWait(int retries, int seconds, int attempts) {
			a.hold(KEY, Wish.aTry());
			Duration wait = Duration.ofSeconds(seconds);
			Acquisition.Result.Busy result = busy(b.acquire(KEY, Wish.aTry().waiting(wait).retries(retries)));
			if (attempts > 0) {
				assertThat(result.attempts()).isEqualTo(attempts);
				assertThat(now()).isLessThan(wait);
			}
			else {
				assertThat(result.attempts()).isLessThan(retries);
				assertThat(now()).isEqualTo(wait);
			}
		}

		@Test
		void withoutLimitsTheWaitEndsWithTheLock() {
			var lease = a.hold(KEY, Wish.aTry());
			world.in(Duration.ofHours(2), lease::release);
			b.grant(KEY, Wish.patient());
			assertThat(now()).isBetween(Duration.ofHours(2), Duration.ofHours(2).plusSeconds(2));
		}

		@Test
		void pausesGrowAndVary() {
			a.hold(KEY, Wish.aTry());
			List<Long> reads = new ArrayList<>(List.of(0L));
			b.connection().always(Request.Read.class, Fault.before(() -> reads.add(now().toMillis())));
			busy(b.acquire(KEY, Wish.patient().retries(100)));
			assertThat(reads.get(100)).isGreaterThan(10_000);
			for (int i = 1; i < reads.size(); i++) {
				long pause = reads.get(i) - reads.get(i - 1);
				long longest = Math.min(2_000, Math.max(100, reads.get(i - 1) / 16));
				assertThat(pause).isBetween(longest / 2 - 1, longest + 1);
			}
		}

	}

	@Nested
	class OnAServerThatDoesNotTellTheHolder {

		private final ModelTable silent = ModelTable.tellingNoHolder();

		private final SimulatedClient c = new SimulatedClient("c", world, this.silent);

		private final SimulatedClient d = new SimulatedClient("d", world, this.silent);

		@Test
		void aRefusalIsFollowedByOneConsistentRead() {
			this.c.hold(KEY, Wish.aTry());
			Acquisition.Result.Busy result = busy(this.d.acquire(KEY, Wish.aTry()));
			assertThat(result.attempts()).isOne();
			assertThat(result.holder().orElseThrow().owner()).contains("c");
			assertThat(this.d.connection().requests()).hasSize(2).endsWith(new Request.Read(KEY, true));
			assertThat(this.d.attempts()).containsExactly(AttemptOutcome.BUSY);
		}

		@Test
		void theHolderIsWatchedAllTheSame() {
			this.c.hold(KEY, Wish.aTry());
			this.c.process().kill();
			this.d.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(Duration.ofMillis(9_180));
		}

		@Test
		void aLockThatWasReleasedBetweenRefusalAndLookIsWrittenNext() {
			var lease = this.c.hold(KEY, Wish.aTry());
			this.d.connection().next(Request.Read.class, Fault.before(lease::release));
			this.d.grant(KEY, Wish.patient().retries(1));
			assertThat(this.d.attempts()).containsExactly(AttemptOutcome.BUSY, AttemptOutcome.ACQUIRED);
			assertThat(this.d.connection().requests(Request.Read.class)).hasSize(1);
		}

		@Test
		void theLookMayFailToo() {
			this.c.hold(KEY, Wish.aTry());
			this.d.connection().next(Request.Read.class, Fault.throttle());
			assertThat(this.d.acquire(KEY, Wish.aTry())).isInstanceOf(Acquisition.Result.Failed.class);
			assertThat(this.d.process().pending()).isZero();
		}

	}

	@Nested
	class OnATableToBePrepared {

		@Test
		void preparesAndWritesAgainInTheSameAttempt() {
			b.connection().requirePreparation();
			b.grant(KEY, Wish.aTry());
			assertThat(b.connection().requests()).extracting(Object::getClass)
				.isEqualTo(List.of(Request.Acquire.class, Request.Prepare.class, Request.Acquire.class));
			assertThat(b.attempts()).containsExactly(AttemptOutcome.ACQUIRED);
		}

		@Test
		void preparesOnceAndNotForEveryCall() {
			b.connection().requirePreparation();
			b.grant(KEY, Wish.aTry());
			b.grant(new LockKey("other"), Wish.aTry());
			assertThat(b.connection().requests(Request.Prepare.class)).hasSize(1);
		}

		@Test
		void preparesAgainWhenTheTableVanishesWhileWaiting() {
			a.hold(KEY, Wish.aTry());
			world.in(Duration.ofSeconds(2), table::drop);
			b.grant(KEY, Wish.patient());
			assertThat(b.connection().requests(Request.Prepare.class)).hasSize(1);
		}

		@Test
		void givesUpOnATableThatVanishesAgainAndAgain() {
			b.connection().requirePreparation();
			b.connection().always(Request.Prepare.class, (delivery) -> new Answer.Written(0));
			Acquisition.Result result = b.acquire(KEY, Wish.patient());
			assertThat(result).extracting("failure.kind").isEqualTo(TableFailure.Kind.UNPREPARED);
			assertThat(b.connection().requests(Request.Prepare.class)).hasSize(3);
		}

		@Test
		void failsAtOnceWhenItCannotBePrepared() {
			b.connection().requirePreparation();
			b.connection()
				.next(Request.Prepare.class,
						Fault.fail(new TableFailure(TableFailure.Kind.TABLE_NOT_ACTIVE, "It stays CREATING")));
			assertThat(b.acquire(KEY, Wish.patient())).extracting("failure.kind")
				.isEqualTo(TableFailure.Kind.TABLE_NOT_ACTIVE);
			assertThat(b.attempts()).containsExactly(AttemptOutcome.FAILED);
			assertThat(now()).isZero();
		}

		@Test
		void readsPrepareItToo() {
			b.connection().requirePreparation();
			assertThat(b.client().read(KEY)).isEmpty();
			assertThat(b.connection().requests(Request.Prepare.class)).hasSize(1);
		}

	}

	@Nested
	class OnATableThatFails {

		@Test
		void throttlingIsNotFatalBeforeTheWaitEnds() {
			b.connection().next(Request.Acquire.class, Fault.throttle());
			b.connection().next(Request.Acquire.class, Fault.throttle());
			b.grant(KEY, Wish.patient());
			assertThat(b.attempts()).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.FAILED,
					AttemptOutcome.ACQUIRED);
			assertThat(now()).isGreaterThanOrEqualTo(Duration.ofMillis(125));
		}

		@Test
		void aFailedReadIsFollowedByAReadNotByTheDearerWrite() {
			a.hold(KEY, Wish.aTry());
			b.connection().always(Request.Read.class, Fault.throttle());
			world.in(Duration.ofSeconds(20), b.connection()::heal);
			busy(b.acquire(KEY, Wish.aTry().waiting(Duration.ofSeconds(30))));
			assertThat(b.connection().requests(Request.Acquire.class)).hasSizeLessThan(5);
		}

		@Test
		void theLastFailureIsReportedWhenTheWaitEnds() {
			b.connection().always(Fault.throttle());
			Acquisition.Result result = b.acquire(KEY, Wish.aTry().waiting(Duration.ofSeconds(5)));
			assertThat(result).extracting("failure.kind").isEqualTo(TableFailure.Kind.THROTTLED);
			assertThat(now()).isEqualTo(Duration.ofSeconds(5));
		}

		@Test
		void anAnswerAfterAFailureCounts() {
			a.hold(KEY, Wish.aTry());
			b.connection().next(Request.Acquire.class, Fault.throttle());
			busy(b.acquire(KEY, Wish.patient().retries(1)));
		}

		@Test
		void whatIsRefusedForGoodEndsTheWaitAtOnce() {
			b.connection().always(Fault.reject());
			assertThat(b.acquire(KEY, Wish.patient())).extracting("failure.kind").isEqualTo(TableFailure.Kind.REJECTED);
			assertThat(b.attempts()).containsExactly(AttemptOutcome.FAILED);
			assertThat(now()).isZero();
		}

	}

	/** The SDK had no answer, and sent it again. */
	private static Answer sentTwice(Fault.Delivery delivery) {
		delivery.apply();
		assertThat(delivery.apply()).isInstanceOf(Answer.Refused.class);
		return new Answer.Refused(Optional.empty(), true);
	}

	@Nested
	class ByName {

		@Test
		void aLeaseIsForceReleased() {
			a.hold(KEY, Wish.aTry());
			assertThat(b.client().forceRelease(KEY).orElseThrow().owner()).contains("a");
			assertThat(table.item(KEY).orElseThrow().isFree()).isTrue();
			assertThat(b.client().forceRelease(KEY)).isEmpty();
		}

		@Test
		void aLockOfTheGoPackageIsForceReleased() {
			table.putForeign(KEY);
			assertThat(b.client().forceRelease(KEY).orElseThrow().isForeign()).isTrue();
			assertThat(table.item(KEY)).isEmpty();
		}

		@Test
		void onlyWhatWasSeenIsForceReleased() {
			var lease = a.hold(KEY, Wish.aTry());
			LockRecord seen = b.client().read(KEY).orElseThrow();
			lease.release();
			a.hold(KEY, Wish.aTry());
			assertThat(b.client().forceRelease(seen)).isFalse();
			assertThat(table.item(KEY).orElseThrow().leaseId()).contains("a-2");
		}

		@Test
		void aReleaseWhoseFirstAnswerWasLostIsARelease() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			b.connection().next(Request.Release.class, AcquisitionTests::sentTwice);
			assertThat(b.client().forceRelease(KEY).orElseThrow().owner()).contains("a");
			lease.release();
			a.hold(KEY, Wish.aTry());
			b.connection().next(Request.Release.class, AcquisitionTests::sentTwice);
			assertThat(b.client().forceRelease(b.client().read(KEY).orElseThrow())).isTrue();
		}

		@Test
		void aReleaseThatNeverArrivedIsNone() {
			a.hold(KEY, Wish.aTry());
			LockRecord seen = b.client().read(KEY).orElseThrow();
			b.connection().next(Request.Release.class, (delivery) -> new Answer.Refused(Optional.empty(), true));
			assertThat(b.client().forceRelease(seen)).isFalse();
		}

		@Test
		void whatIsHeldHereIsKnownToBeLostAtOnce() {
			var lease = a.hold(KEY, Wish.aTry());
			assertThat(a.client().forceRelease(a.client().read(KEY).orElseThrow())).isTrue();
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.lossCause()).contains(Loss.Cause.FORCE_RELEASED);
		}

		@Test
		void aLockThatChangesHandsMeanwhileIsReleasedAllTheSame() {
			var lease = a.hold(KEY, Wish.aTry());
			b.connection().next(Request.Release.class, Fault.before(() -> {
				lease.release();
				a.hold(KEY, Wish.aTry());
			}));
			assertThat(b.client().forceRelease(KEY).orElseThrow().leaseId()).contains("a-2");
			assertThat(table.item(KEY).orElseThrow().isFree()).isTrue();
		}

		@Test
		void aLockThatChangesHandsAllTheTimeIsGivenUp() {
			var first = a.hold(KEY, Wish.aTry());
			List<SimulatedLease> leases = new ArrayList<>(List.of(first));
			b.connection().always(Request.Release.class, Fault.before(() -> {
				leases.get(leases.size() - 1).release();
				leases.add(a.hold(KEY, Wish.aTry()));
			}));
			assertThatExceptionOfType(TableFailureException.class).isThrownBy(() -> b.client().forceRelease(KEY))
				.withMessageContaining("changed hands 10 times");
			assertThat(b.connection().requests(Request.Release.class)).hasSize(10);
		}

		@Test
		void aFailureIsThrown() {
			a.hold(KEY, Wish.aTry());
			b.connection().next(Request.Read.class, Fault.reject());
			assertThatExceptionOfType(TableFailureException.class).isThrownBy(() -> b.client().forceRelease(KEY));
			assertThat(table.item(KEY).orElseThrow().leaseMillis()).isEqualTo(OptionalLong.of(9_000));
		}

	}

}
