package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedLease;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Closing a client while it waits or holds. Where nothing is left to wait for, closing
 * with a limit of zero is closing.
 */
@Timeout(10)
class ClosingTests {

	private static final LockKey KEY = new LockKey("key");

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private boolean isFree() {
		return this.table.item(KEY).orElseThrow().isFree();
	}

	@ParameterizedTest
	@EnumSource(names = { "RENEWED", "FIXED" })
	void givesBackWhatIsHeldAndTellsItsHolder(Holding holding) throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry().holding(holding));
		this.a.client().close(0);
		assertThat(lease.isValid()).isFalse();
		this.world.settle();
		assertThat(lease.losses()).extracting(Loss::cause).containsExactly(Loss.Cause.CLOSED);
		assertThat(isFree()).isTrue();
		assertThat(this.a.process().pending()).isZero();
		assertThat(this.a.client().leases().size()).isZero();
	}

	@Test
	void waitsForItsReleases() throws InterruptedException {
		this.a.hold(KEY, Wish.aTry());
		Thread closing = new Thread(() -> {
			try {
				this.a.client().close(TimeUnit.MINUTES.toNanos(1));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		closing.setDaemon(true);
		closing.start();
		while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
			Thread.onSpinWait();
		}
		assertThat(closing.isAlive()).isTrue();
		this.world.settle();
		assertThat(isFree()).isTrue();
		closing.join();
	}

	@Test
	void waitsNoLongerThanItsLimit() throws InterruptedException {
		this.a.hold(KEY, Wish.aTry());
		this.a.connection().always(Request.Release.class, Fault.loseRequest());
		this.a.client().close(1);
		assertThat(isFree()).isFalse();
	}

	@Test
	void tellsTheHolderBeforeItReleases() throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry());
		lease.events().whenLost(() -> {
			this.world.advance(Duration.ofSeconds(1));
			assertThat(isFree()).isFalse();
		});
		this.a.client().close(0);
		this.world.settle();
		assertThat(lease.losses()).hasSize(1);
		assertThat(isFree()).isTrue();
	}

	@Test
	void leavesPermanentLocksAlone() throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry().holding(Holding.PERMANENT));
		this.a.client().close(0);
		this.world.advance(Duration.ofHours(1));
		assertThat(isFree()).isFalse();
		assertThat(lease.losses()).isEmpty();
	}

	@Test
	void leavesAloneWhatIsToBeHeldALittleLonger() throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry());
		this.a.client().endLater(lease.tenure(), Duration.ofSeconds(20).toNanos());
		this.a.client().close(0);
		assertThat(isFree()).isFalse();
		this.world.advance(Duration.ofSeconds(20));
		assertThat(isFree()).isTrue();
		assertThat(lease.losses()).isEmpty();
	}

	@Test
	void releasesAPermanentLockThatWasOnlyToBeHeldALittleLonger() throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry().holding(Holding.PERMANENT));
		this.a.client().endLater(lease.tenure(), Duration.ofSeconds(20).toNanos());
		this.a.client().close(0);
		this.world.settle();
		assertThat(isFree()).isTrue();
		assertThat(lease.losses()).isEmpty();
	}

	@Test
	void isFollowedByTheReleaseOfAPermanentLockThatWasToBeHeldALittleLonger() throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry().holding(Holding.PERMANENT));
		close();
		this.a.process().shutdown(Duration.ZERO);
		assertThat(this.a.client().endLater(lease.tenure(), Duration.ofMinutes(1).toNanos()).held()).isTrue();
		assertThat(this.table.item(KEY).orElseThrow().isFree()).isTrue();
	}

	@Test
	void mayFollowADrainThatCompletesWhenTheLastLossWasTold() {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry().holding(Holding.FIXED));
		CompletableFuture<Void> drained = this.a.client().drain();
		lease.events().whenLost(() -> assertThat(drained).isNotDone());
		this.world.advance(Duration.ofSeconds(9));
		assertThat(lease.losses()).hasSize(1);
		assertThat(drained).isDone();
		assertThat(this.table.item(KEY).orElseThrow().isFree()).isTrue();
	}

	@Test
	void releasesWhatIsGrantedMeanwhile() {
		this.a.connection().next(Request.Acquire.class, Fault.beforeAnswer(this::close));
		assertThat(this.a.tryHold(KEY, Wish.aTry())).isEmpty();
		assertThat(this.a.client().leases().size()).isZero();
		this.world.settle();
		assertThat(isFree()).isTrue();
		assertThat(this.a.process().pending()).isZero();
	}

	@Test
	void releasesAPermanentLockThatIsGrantedWhenNothingRunsInTheBackgroundAnyMore() {
		this.a.connection().next(Request.MakePermanent.class, Fault.beforeAnswer(() -> {
			close();
			this.a.process().shutdown(Duration.ZERO);
		}));
		assertThat(this.a.tryHold(KEY, Wish.aTry().holding(Holding.PERMANENT))).isEmpty();
		assertThat(isFree()).isTrue();
	}

	@Test
	void releasesWhatAnUnclearAcquisitionLeftWhenNothingRunsInTheBackgroundAnyMore() {
		this.a.connection().next(Request.MakePermanent.class, (delivery) -> {
			delivery.apply();
			close();
			this.a.process().shutdown(Duration.ZERO);
			return new Answer.Failed(new TableFailure(TableFailure.Kind.NO_ANSWER, "No answer", true, Optional.empty(),
					Optional.empty()));
		});
		assertThat(this.a.tryHold(KEY, Wish.patient().holding(Holding.PERMANENT))).isEmpty();
		assertThat(isFree()).isTrue();
	}

	private void close() {
		try {
			this.a.client().close(0);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void mayHappenWhileTheTableIsOutOfReach() throws InterruptedException {
		SimulatedLease lease = this.a.hold(KEY, Wish.aTry());
		this.a.connection().always(Fault.loseRequest());
		this.world.advance(Duration.ofSeconds(5));
		this.a.client().close(1);
		this.world.settle();
		assertThat(lease.losses()).extracting(Loss::cause).containsExactly(Loss.Cause.CLOSED);
		this.a.connection().heal();
		this.world.advance(Duration.ofSeconds(5));
		assertThat(isFree()).isTrue();
		assertThat(this.a.process().pending()).isZero();
	}

	/** Who looked whether the client is closed just before it was. */
	@Test
	void endsTheWaitOfWhoGetsInLineAfterwards() {
		LocalQueue queue = new LocalQueue();
		Place first = new Place(KEY, Wish.patient().terms("first"));
		Place late = new Place(KEY, Wish.patient().terms("late"));
		queue.join(first, true);

		queue.close();
		queue.join(late, true);

		assertThat(late.call()).isCompletedWithValueMatching(Call.Closed.class::isInstance);
		queue.pass(first, 0);
		assertThat(queue.size()).isZero();
	}

	@Test
	void endsTheWaitOfWhoAsksToBeCalledBackAfterwards() {
		this.table.putForeign(KEY);
		close();

		assertThat(this.a.acquireAsync(KEY, Wish.patient()))
			.isCompletedWithValueMatching(Acquisition.Result.Busy.class::isInstance);
		assertThat(this.a.process().pending()).isZero();
	}

}
