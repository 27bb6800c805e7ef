package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/**
 * The callers of one process who want the same lock, called back under simulated time.
 */
class LocalQueueTests {

	private static final LockKey KEY = new LockKey("key");

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private final SimulatedClient b = new SimulatedClient("b", this.world, this.table);

	@AfterEach
	void nothingIsLeftBehind() {
		this.world.advance(Duration.ofMinutes(1));
		assertThat(this.a.client().isIdle()).isTrue();
		assertThat(this.b.client().isIdle()).isTrue();
		assertThat(this.a.process().pending()).isZero();
		assertThat(this.b.process().pending()).isZero();
	}

	private CompletableFuture<Outcome> ask(SimulatedClient client, Wish wish) {
		CompletableFuture<Outcome> outcome = client.acquireAsync(KEY, wish);
		this.world.settle();
		return outcome;
	}

	private SimulatedLease lease(SimulatedClient client, CompletableFuture<Outcome> outcome) {
		assertThat(outcome).isCompletedWithValueMatching(Outcome.Held.class::isInstance);
		return client.begin(((Outcome.Held) outcome.join()).tenure());
	}

	private void release(SimulatedLease lease) {
		assertThat(lease.release()).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);
		this.world.settle();
	}

	@Nested
	class ALine {

		@Test
		void isServedInOrderWithoutRequestsBetween() {
			SimulatedLease first = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> second = ask(a, Wish.patient());
			CompletableFuture<Outcome> third = ask(a, Wish.patient());
			a.connection().clearRequests();
			release(first);
			assertThat(third).isNotDone();
			SimulatedLease lease = lease(a, second);
			release(lease);
			SimulatedLease last = lease(a, third);
			assertThat(a.connection().requests()).isEmpty();
			assertThat(List.of(first, lease, last)).extracting((held) -> held.tenure().fencingToken())
				.isSorted()
				.doesNotHaveDuplicates();
			release(last);
			assertThat(a.connection().requests()).hasSize(1);
		}

		/** What they do then is not to run among the scopes of whoever released it. */
		@Test
		void isServedInTheBackground() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> next = ask(a, Wish.patient());
			assertThat(held.release()).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);
			assertThat(next).isNotDone();
			world.settle();
			release(lease(a, next));
		}

		@Test
		void goesOnWhenARequestOfItsFirstFailsInAWayThatNobodyForesaw() {
			a.connection().next(Request.Acquire.class, (delivery) -> {
				delivery.apply();
				throw new NoClassDefFoundError("an old library");
			});
			CompletableFuture<Outcome> first = a.acquireAsync(KEY, Wish.patient());
			CompletableFuture<Outcome> second = ask(a, Wish.patient());
			assertThat(first.join()).isInstanceOfSatisfying(Acquisition.Result.Failed.class, (failed) -> {
				assertThat(failed.failure().message()).endsWith("java.lang.NoClassDefFoundError: an old library");
				assertThat(failed.failure().outcomeUnknown()).isTrue();
			});
			world.advance(Duration.ofSeconds(1));
			release(lease(a, second));
		}

		@Test
		void goesOnWhenTheListenerOfItsFirstFails() {
			CompletableFuture<Outcome> first = a.client()
				.acquireAsync(KEY, Wish.patient().terms("a"), (outcome, nanos) -> {
					throw new NoClassDefFoundError("an old library");
				});
			CompletableFuture<Outcome> second = ask(a, Wish.patient());
			assertThat(first).isCompletedExceptionally();
			world.advance(Duration.ofSeconds(1));
			release(lease(a, second));
		}

		@Test
		void asksTheTableThroughItsFirstOnly() {
			SimulatedLease held = lease(b, ask(b, Wish.patient()));
			List<CompletableFuture<Outcome>> line = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				line.add(ask(a, Wish.patient()));
			}
			world.advance(Duration.ofSeconds(1));
			assertThat(a.connection().requests()).hasSizeLessThan(25);
			release(held);
			for (CompletableFuture<Outcome> outcome : line) {
				world.advance(Duration.ofSeconds(1));
				release(lease(a, outcome));
			}
		}

		@Test
		void turnsAwayWhoDoesNotWaitAndSaysWhoHoldsTheLock() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			a.connection().clearRequests();
			CompletableFuture<Outcome> refused = ask(a, Wish.aTry());
			assertThat(refused.join()).isInstanceOfSatisfying(Acquisition.Result.Busy.class,
					(busy) -> assertThat(busy.holder().flatMap(LockRecord::leaseId)).contains(held.id()));
			assertThat(a.connection().requests()).isEmpty();
			release(held);
		}

		@Test
		void turnsAwayWhoDoesNotWaitAndSaysWhoItsFirstHasSeen() {
			SimulatedLease held = lease(b, ask(b, Wish.patient()));
			CompletableFuture<Outcome> first = ask(a, Wish.patient());
			CompletableFuture<Outcome> refused = ask(a, Wish.aTry());
			assertThat(refused.join()).isInstanceOfSatisfying(Acquisition.Result.Busy.class,
					(busy) -> assertThat(busy.holder().flatMap(LockRecord::leaseId)).contains(held.id()));
			first.cancel(false);
			release(held);
		}

		@Test
		void isSomethingToDo() {
			SimulatedLease held = lease(b, ask(b, Wish.patient()));
			assertThat(a.client().isIdle()).isTrue();
			CompletableFuture<Outcome> waiting = ask(a, Wish.patient());
			assertThat(a.client().isIdle()).isFalse();
			waiting.cancel(false);
			world.settle();
			assertThat(a.client().isIdle()).isTrue();
			assertThat(b.client().isIdle()).isFalse();
			release(held);
		}

		@Test
		void keepsNoTimerOfWhoHasLeft() {
			SimulatedLease elsewhere = lease(b, ask(b, Wish.patient()));
			CompletableFuture<Outcome> first = ask(a, Wish.aTry().waiting(Duration.ofHours(1)));
			first.cancel(false);
			world.settle();
			assertThat(a.process().pending()).isZero();
			release(elsewhere);
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			int timers = a.process().pending();
			CompletableFuture<Outcome> second = ask(a, Wish.aTry().waiting(Duration.ofHours(1)));
			CompletableFuture<Outcome> third = ask(a, Wish.aTry().waiting(Duration.ofHours(1)));
			assertThat(a.process().pending()).isEqualTo(timers + 2);
			second.cancel(false);
			release(held);
			assertThat(a.process().pending()).isEqualTo(timers);
			release(lease(a, third));
		}

		@Test
		void isLeftByWhoRunsOutOfTimeAndGoesOn() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> hasty = ask(a, Wish.aTry().waiting(Duration.ofMillis(500)));
			CompletableFuture<Outcome> patient = ask(a, Wish.patient());
			world.advance(Duration.ofMillis(500));
			assertThat(hasty.join()).isInstanceOfSatisfying(Acquisition.Result.Busy.class,
					(busy) -> assertThat(busy.holder().flatMap(LockRecord::leaseId)).contains(held.id()));
			release(held);
			release(lease(a, patient));
		}

		@Test
		void isLeftByWhoIsCancelledAndGoesOn() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> cancelled = ask(a, Wish.patient());
			CompletableFuture<Outcome> patient = ask(a, Wish.patient());
			cancelled.cancel(false);
			release(held);
			release(lease(a, patient));
		}

		@Test
		void goesOnWhenItsFirstIsCancelledAtTheTable() {
			SimulatedLease held = lease(b, ask(b, Wish.patient()));
			CompletableFuture<Outcome> first = ask(a, Wish.patient());
			CompletableFuture<Outcome> second = ask(a, Wish.patient());
			first.cancel(false);
			world.advance(Duration.ofSeconds(1));
			release(held);
			world.advance(Duration.ofSeconds(1));
			release(lease(a, second));
		}

		@Test
		void goesOnWhenTheTableRefusesItsFirst() {
			a.connection().next(Request.Acquire.class, Fault.reject());
			CompletableFuture<Outcome> first = a.acquireAsync(KEY, Wish.patient());
			CompletableFuture<Outcome> second = ask(a, Wish.patient());
			assertThat(first).isCompletedWithValueMatching(Acquisition.Result.Failed.class::isInstance);
			release(lease(a, second));
		}

		@Test
		void whatIsGrantedToWhoWantsItNoMoreGoesToTheNext() {
			CompletableFuture<Outcome> first = a.acquireAsync(KEY, Wish.patient());
			CompletableFuture<Outcome> second = a.acquireAsync(KEY, Wish.patient());
			a.connection().next(Request.Acquire.class, Fault.beforeAnswer(() -> first.cancel(false)));
			world.settle();
			release(lease(a, second));
		}

		@Test
		void endsWithTheClient() throws InterruptedException {
			SimulatedLease held = lease(b, ask(b, Wish.patient()));
			List<CompletableFuture<Outcome>> line = List.of(ask(a, Wish.patient()), ask(a, Wish.patient()));
			a.client().close(0);
			world.settle();
			assertThat(line).allSatisfy((outcome) -> assertThat(outcome)
				.isCompletedWithValueMatching(Acquisition.Result.Busy.class::isInstance));
			release(held);
		}

	}

	@Nested
	class ALostLease {

		@Test
		void isNotHandedOn() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> next = ask(a, Wish.patient());
			a.connection().always(Fault.loseRequest());
			world.advance(Duration.ofSeconds(10));
			assertThat(held.isValid()).isFalse();
			assertThat(next).isNotDone();
			a.connection().heal();
			assertThat(held.release().held()).isFalse();
			world.advance(Duration.ofSeconds(30));
			SimulatedLease successor = lease(a, next);
			assertThat(successor.tenure().fencingToken()).isGreaterThan(held.tenure().fencingToken());
			release(successor);
		}

		@Test
		void freesTheLineAlthoughItsUserGoesOn() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> next = ask(a, Wish.patient());
			assertThat(b.client().forceRelease(KEY)).isPresent();
			world.advance(Duration.ofSeconds(4));
			assertThat(held.lossCause()).contains(Loss.Cause.FORCE_RELEASED);
			release(lease(a, next));
			assertThat(held.release().held()).isFalse();
		}

		@Test
		void freesTheLineAlsoBehindWhoWasHandedIt() {
			SimulatedLease first = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> second = ask(a, Wish.patient());
			CompletableFuture<Outcome> third = ask(a, Wish.patient());
			release(first);
			SimulatedLease handedOn = lease(a, second);
			assertThat(b.client().forceRelease(KEY)).isPresent();
			world.advance(Duration.ofSeconds(10));
			assertThat(handedOn.lossCause()).contains(Loss.Cause.FORCE_RELEASED);
			release(lease(a, third));
		}

		@Test
		void isToldToWhoWasJustHandedIt() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> next = ask(a, Wish.patient());
			CompletableFuture<Outcome> last = ask(a, Wish.patient());
			release(held);
			world.in(Duration.ZERO, () -> a.process().stepMonotonic(Duration.ofSeconds(10)));
			world.advance(Duration.ofSeconds(1));
			SimulatedLease lost = lease(a, next);
			world.advance(Duration.ofSeconds(30));
			assertThat(lost.losses()).hasSize(1);
			assertThat(held.losses()).isEmpty();
			release(lease(a, last));
		}

	}

	@Nested
	class HandingOn {

		@Test
		void endsSoThatOtherProcessesGetTheirTurn() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> other = ask(b, Wish.patient());
			int tenures = 0;
			while (!other.isDone()) {
				CompletableFuture<Outcome> next = ask(a, Wish.patient());
				world.advance(Duration.ofMillis(10));
				release(held);
				tenures++;
				assertThat(tenures).isLessThan(200);
				while (!next.isDone() && !other.isDone()) {
					world.advance(Duration.ofMillis(1));
				}
				if (next.isDone()) {
					held = lease(a, next);
				}
				else {
					next.cancel(false);
				}
			}
			assertThat(tenures).isGreaterThan(10);
			release(lease(b, other));
		}

		@Test
		void goesOnLongerWhenNobodyElseWantsTheLock() {
			List<Duration> kept = new ArrayList<>();
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			for (int i = 0; i < 5; i++) {
				String id = held.id();
				long since = world.nanos();
				while (held.id().equals(id)) {
					assertThat(world.nanos() - since).isLessThan(Duration.ofSeconds(10).toNanos());
					CompletableFuture<Outcome> next = ask(a, Wish.patient());
					world.advance(Duration.ofMillis(10));
					release(held);
					while (!next.isDone()) {
						world.advance(Duration.ofMillis(1));
					}
					held = lease(a, next);
				}
				kept.add(Duration.ofNanos(world.nanos() - since));
			}
			assertThat(kept.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
			assertThat(kept.get(1)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1400));
			assertThat(kept.subList(2, 5)).allSatisfy(
					(longest) -> assertThat(longest).isBetween(Duration.ofMillis(3900), Duration.ofMillis(4600)));
			release(held);
		}

		@Test
		void doesNotConcernLocksOfAnotherKind() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> fixed = ask(a, Wish.patient().holding(Holding.FIXED));
			a.connection().clearRequests();
			release(held);
			assertThat(a.connection().requests(Request.Acquire.class)).hasSize(1);
			SimulatedLease other = lease(a, fixed);
			assertThat(other.id()).isNotEqualTo(held.id());
			release(other);
		}

		/** It would end in the middle of the next caller's time. */
		@Test
		void doesNotConcernLeasesThatAreNotRenewed() {
			Wish fixed = Wish.patient().holding(Holding.FIXED);
			SimulatedLease held = lease(a, ask(a, fixed));
			CompletableFuture<Outcome> next = ask(a, fixed);
			release(held);
			SimulatedLease other = lease(a, next);
			assertThat(other.id()).isNotEqualTo(held.id());
			release(other);
		}

		/** Whoever frees it by name, anywhere, does not tell this process. */
		@Test
		void leavesTheLineToItselfWhileALockIsPermanent() {
			SimulatedLease permanent = lease(a, ask(a, Wish.patient().holding(Holding.PERMANENT)));
			CompletableFuture<Outcome> next = ask(a, Wish.patient());
			world.advance(Duration.ofMinutes(1));
			assertThat(next).isNotDone();
			assertThat(b.client().forceRelease(KEY)).isPresent();
			world.advance(Duration.ofSeconds(30));
			release(lease(a, next));
			assertThat(permanent.release().held()).isTrue();
		}

		@Test
		void waitsForALeaseThatLingers() {
			SimulatedLease held = lease(a, ask(a, Wish.patient()));
			CompletableFuture<Outcome> next = ask(a, Wish.patient());
			a.client().endLater(held.tenure(), Duration.ofSeconds(5).toNanos());
			world.advance(Duration.ofMillis(4_900));
			assertThat(next).isNotDone();
			world.advance(Duration.ofSeconds(1));
			release(lease(a, next));
		}

	}

}
