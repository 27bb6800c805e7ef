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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a lock changes hands although nobody released it.
 */
class TakeOverTests {

	private static final LockKey KEY = new LockKey("key");

	/** The lease of {@link Wish#aTry()}. */
	private static final Duration LEASE = Duration.ofSeconds(9);

	/** That lease and 2 % more. */
	private static final Duration PATIENCE = Duration.ofMillis(9_180);

	private static final Duration NANO = Duration.ofNanos(1);

	private static final Wish RARELY = Wish.patient().pauses(Duration.ofHours(1), Duration.ofHours(1));

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = SimulatedClient.punctual("a", this.world, this.table);

	private final SimulatedClient b = SimulatedClient.punctual("b", this.world, this.table);

	private final SimulatedClient c = SimulatedClient.punctual("c", this.world, this.table);

	private Duration now() {
		return Duration.ofNanos(this.world.nanos());
	}

	private Acquisition.Result tryIt(SimulatedClient client) {
		return client.acquire(KEY, Wish.aTry());
	}

	@Nested
	class OfADeadHoldersLock {

		@Test
		void comesALeaseAndTwoPercentAfterItWasSeen() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			world.advance(Duration.ofSeconds(100));
			Grant grant = b.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(Duration.ofSeconds(100).plus(PATIENCE));
			assertThat(table.item(KEY).orElseThrow().leaseId()).contains(grant.leaseId());
		}

		@Test
		void countsFromTheArrivalOfTheAnswerThatShowedIt() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			b.connection().next(Request.Acquire.class, Fault.delayAnswer(Duration.ofSeconds(2)));
			b.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(PATIENCE.plusSeconds(2));
		}

		@Test
		void countsFromTheArrivalOfTheReadThatShowedIt() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry().holding(Holding.FIXED));
			world.in(Duration.ofSeconds(1), () -> {
				lease.renew();
				a.process().kill();
			});
			List<Duration> arrivals = new ArrayList<>();
			b.connection().always(Request.Read.class, (delivery) -> {
				Answer answer = delivery.apply();
				if (arrivals.isEmpty() && !lease.held().validity().equals(lease.held().grant().validity())) {
					delivery.pass(Duration.ofSeconds(2));
					arrivals.add(now());
				}
				return answer;
			});
			b.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(arrivals.get(0).plus(PATIENCE));
			assertThat(b.connection().requests(Request.Acquire.class)).hasSize(2);
		}

		@Test
		void isNotSleptThroughHoweverLongThePauses() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			b.grant(KEY, RARELY);
			assertThat(now()).isEqualTo(PATIENCE);
			assertThat(b.attempts()).containsExactly(AttemptOutcome.BUSY, AttemptOutcome.ACQUIRED);
		}

		@Test
		void needsNoWaitingOnlyTriesThatAreFarEnoughApart() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			world.advance(PATIENCE.minus(NANO));
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			world.advance(NANO);
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Granted.class);
			assertThat(b.connection().requests()).hasSize(3).hasOnlyElementsOfType(Request.Acquire.class);
		}

		@Test
		void namesExactlyWhatWasSeen() {
			Grant grant = a.hold(KEY, Wish.aTry()).held().grant();
			a.process().kill();
			b.grant(KEY, Wish.patient());
			assertThat(b.connection().requests(Request.Acquire.class)).extracting(Request.Acquire::runOut)
				.containsExactly(Optional.empty(), Optional.of(new Sighting(grant.leaseId(), grant.version())));
		}

		@Test
		void givesAHigherVersion() {
			long version = a.hold(KEY, Wish.aTry()).held().grant().version();
			a.process().kill();
			assertThat(b.grant(KEY, Wish.patient()).version()).isGreaterThan(version);
		}

		@Test
		void takesTheHoldersLeaseNotOnesOwn() {
			a.hold(KEY, Wish.aTry().lease(Duration.ofSeconds(50)));
			a.process().kill();
			b.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(Duration.ofSeconds(51));
		}

		@Test
		void worksWhereAReleaseDeletesTheItem() {
			ModelTable deleting = ModelTable.deleting();
			SimulatedClient holder = SimulatedClient.punctual("holder", world, deleting);
			SimulatedClient waiter = SimulatedClient.punctual("waiter", world, deleting);
			holder.hold(KEY, Wish.aTry());
			holder.process().kill();
			waiter.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(PATIENCE);
		}

		@Test
		void backsOffWhileTheTableGivesNoAnswer() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			tryIt(b);
			world.advance(PATIENCE);
			b.connection().clearRequests();
			b.connection().always(Fault.throttle());
			world.in(Duration.ofSeconds(60), b.connection()::heal);
			b.grant(KEY, Wish.patient());
			assertThat(b.connection().requests()).hasSizeLessThan(600);
		}

		@Test
		void isDoneByOneOnly() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			tryIt(b);
			assertThat(c.tryHold(KEY, Wish.aTry())).isEmpty();
			world.advance(PATIENCE);
			c.hold(KEY, Wish.aTry());
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			assertThat(table.item(KEY).orElseThrow().owner()).contains("c");
		}

		@Test
		void startsTheWatchAnewWhenAnotherWasFaster() {
			a.hold(KEY, Wish.aTry());
			a.process().kill();
			assertThat(c.tryHold(KEY, Wish.aTry())).isEmpty();
			world.in(PATIENCE, () -> c.hold(KEY, Wish.aTry()));
			world.in(PATIENCE.plusSeconds(1), c.process()::kill);
			b.grant(KEY, RARELY);
			assertThat(now()).isEqualTo(PATIENCE.multipliedBy(2));
			assertThat(b.connection().requests(Request.Acquire.class)).extracting(Request.Acquire::runOut)
				.containsExactly(Optional.empty(), Optional.of(new Sighting("a-1", version("a-1"))),
						Optional.of(new Sighting("c-2", version("c-2"))));
		}

		private long version(String leaseId) {
			for (int i = 0;; i++) {
				LockRecord item = table.itemAgo(KEY, i).orElseThrow();
				if (item.isHeldBy(leaseId)) {
					return item.version().orElseThrow();
				}
			}
		}

	}

	@Nested
	class DoesNotHappen {

		@Test
		void whileTheHolderRenews() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			assertThat(b.acquire(KEY, Wish.aTry().waiting(Duration.ofMinutes(10))))
				.isInstanceOf(Acquisition.Result.Busy.class);
			assertThat(b.connection().requests(Request.Acquire.class)).hasSize(1);
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void toOneWhoTriesNowAndThenWhileTheHolderRenews() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			for (int i = 0; i < 100; i++) {
				assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
				world.advance(PATIENCE);
			}
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void beforeTheWatchOfTheLastRenewalIsOver() {
			a.hold(KEY, Wish.aTry());
			world.in(Duration.ofSeconds(7), a.process()::kill);
			// the last renewal was at 6 s; whoever looks at 6.5 s has seen it for 9.18 s
			// at
			// 15.68 s
			b.connection().next(Request.Acquire.class, Fault.delayAnswer(Duration.ofMillis(6_500)));
			tryIt(b);
			tryIt(b);
			assertThat(now()).isEqualTo(Duration.ofMillis(6_500));
			world.advance(PATIENCE.minus(NANO));
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			world.advance(NANO);
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Granted.class);
		}

		@Test
		void becauseOfAStaleRead() {
			a.hold(KEY, Wish.aTry());
			// all reads show the first version, as if no renewal had ever happened
			b.connection()
				.always(Request.Read.class, (delivery) -> new Answer.Found(
						Optional.of(first(table.item(KEY).orElseThrow(), a.process().wallMillis()))));
			assertThat(b.acquire(KEY, Wish.aTry().waiting(Duration.ofMinutes(1))))
				.isInstanceOf(Acquisition.Result.Busy.class);
			assertThat(table.item(KEY).orElseThrow().owner()).contains("a");
			assertThat(b.connection().requests(Request.Acquire.class)).hasSizeLessThan(10);
		}

		private LockRecord first(LockRecord item, long wallMillis) {
			return new LockRecord(item.key(), item.leaseId(), item.owner(), item.leaseMillis(),
					OptionalLong.of(wallMillis - world.nanos() / 1_000_000 + 1), item.acquiredAt(), item.note());
		}

		@Test
		void toAPermanentLock() {
			a.hold(KEY, Wish.aTry().holding(Holding.PERMANENT));
			a.process().kill();
			assertThat(b.acquire(KEY, Wish.aTry().waiting(Duration.ofHours(3))))
				.isInstanceOf(Acquisition.Result.Busy.class);
			assertThat(b.connection().requests(Request.Acquire.class)).hasSize(1);
		}

		@Test
		void toALeaseThatWasMadePermanentWhileItWasWatched() {
			a.connection().next(Request.MakePermanent.class, Fault.before(() -> tryIt(b)));
			a.hold(KEY, Wish.aTry().holding(Holding.PERMANENT));
			world.advance(PATIENCE);
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			world.advance(PATIENCE);
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			assertThat(table.item(KEY).orElseThrow().owner()).contains("a");
		}

		@Test
		void onAMachineThatWasSuspendedMeanwhile() {
			a.hold(KEY, Wish.aTry());
			tryIt(b);
			b.process().suspend();
			world.advance(Duration.ofHours(1));
			a.process().kill();
			b.process().resume();
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			world.advance(PATIENCE.minus(NANO));
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
		}

	}

	/**
	 * The holder no longer believes when anybody else may start.
	 */
	@Nested
	class IsSafe {

		@ParameterizedTest
		@CsvSource({ "1, 1", "1, 1.01", "0.99, 1", "1, 0.99", "1.01, 1", "0.995, 1.005" })
		void whenClocksRunAtDifferentRates(double holderRate, double waiterRate) {
			a.process().runAtRate(holderRate);
			b.process().runAtRate(waiterRate);
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			world.in(Duration.ofSeconds(4), () -> a.connection().always(Fault.loseRequest()));
			b.grant(KEY, Wish.patient());
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.losses()).hasSize(1);
		}

		@ParameterizedTest
		@CsvSource({ "1, 1", "1, 1.01", "0.99, 1", "0.995, 1.005" })
		void whenTheAnswersToTheHolderTakeLong(double holderRate, double waiterRate) {
			a.process().runAtRate(holderRate);
			b.process().runAtRate(waiterRate);
			a.connection().next(Request.Acquire.class, Fault.beforeAnswer(() -> {
				tryIt(b);
				world.advance(Duration.ofSeconds(8));
			}));
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().always(Fault.loseRequest());
			b.grant(KEY, Wish.patient());
			assertThat(lease.isValid()).isFalse();
		}

		@Test
		void whenTheAnswerToARenewalTakesLong() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.connection().next(Request.Renew.class, Fault.beforeAnswer(() -> {
				a.connection().always(Fault.loseRequest());
				tryIt(b);
				world.advance(Duration.ofSeconds(5));
			}));
			world.advance(Duration.ofSeconds(12).minus(NANO));
			assertThat(lease.isValid()).isTrue();
			world.advance(NANO);
			assertThat(lease.isValid()).isFalse();
			b.grant(KEY, Wish.patient());
			assertThat(now()).isEqualTo(PATIENCE.plusSeconds(3));
			assertThat(lease.isValid()).isFalse();
		}

		@ParameterizedTest
		@EnumSource(names = { "RENEWED", "FIXED" })
		void whenTheHolderStandsStill(Holding holding) {
			SimulatedLease lease = a.hold(KEY, Wish.aTry().holding(holding));
			a.process().freeze();
			b.grant(KEY, Wish.patient());
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.lossCause()).contains(Loss.Cause.EXPIRED);
		}

		@Test
		void whenTheHoldersMachineIsSuspended() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry());
			a.process().suspend();
			b.hold(KEY, Wish.patient());
			a.process().resume();
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.lossCause()).contains(Loss.Cause.TAKEN);
			assertThat(lease.losses().get(0).holder().orElseThrow().owner()).contains("b");
		}

		@Test
		void whenAnAcquisitionWasRepeatedInPlace() {
			a.connection().next(Request.Acquire.class, Fault.loseAnswer());
			world.in(Duration.ofSeconds(1), () -> tryIt(b));
			SimulatedLease lease = a.hold(KEY, RARELY.pauses(Duration.ofSeconds(8), Duration.ofSeconds(8)));
			a.connection().always(Fault.loseRequest());
			world.advance(Duration.ofSeconds(1).plus(PATIENCE).minus(now()));
			assertThat(lease.isValid()).isTrue();
			assertThat(tryIt(b)).isInstanceOf(Acquisition.Result.Busy.class);
			b.grant(KEY, Wish.patient());
			assertThat(lease.isValid()).isFalse();
		}

		@Test
		void upToTheLastNanosecondOfALease() {
			SimulatedLease lease = a.hold(KEY, Wish.aTry().holding(Holding.FIXED));
			a.process().freeze();
			world.advance(LEASE.minus(NANO));
			assertThat(lease.isValid()).isTrue();
			world.advance(NANO);
			assertThat(lease.isValid()).isFalse();
		}

	}

}
