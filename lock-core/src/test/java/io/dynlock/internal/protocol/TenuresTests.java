package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.RecordingLeaseListener;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.TableConnection;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a lock whose next user, called already, does not want it any more; and
 * of one that is lost before its user begins. Both happen between two threads only.
 */
class TenuresTests {

	private static final LockKey KEY = new LockKey("key");

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("a");

	private final TableConnection table = ModelTable.retaining().connect(this.process);

	private final LocalQueue queue = new LocalQueue();

	private final Leftovers leftovers = new Leftovers(this::send, this.process, this.process, () -> 0);

	private final LeaseKeeper leases = new LeaseKeeper(this.table, this::send, this.process, this.process, () -> 0,
			Runnable::run, this.leftovers, (lease) -> {
			});

	private final Tenures tenures = new Tenures(this.queue, this.leases,
			new HandOff(1000, Duration.ofSeconds(4).toNanos()), this.process);

	private final Place first = inLine();

	private final Place second = inLine();

	private final Place third = inLine();

	private void send(Request request, long patienceNanos, AsyncLockTable.Handler handler) {
		handler.answered(this.table.send(request), this.process.now());
	}

	private Place inLine() {
		Place place = new Place(KEY, Wish.patient().terms("a"));
		this.queue.join(place, true);
		return place;
	}

	private Tenure grant() {
		Terms terms = this.first.terms();
		Request acquire = new Request.Acquire(KEY, "a-1", "a", terms.leaseMillis(), Optional.empty(), Optional.empty());
		Answer.Written written = (Answer.Written) this.table.send(acquire);
		Grant grant = new Grant(KEY, "a-1", written.version(), Holding.RENEWED, terms.leaseMillis(),
				new Validity(this.process.now(), terms.leaseNanos()));
		return ((Outcome.Held) this.tenures.settle(this.first, new Acquisition.Result.Granted(grant))).tenure();
	}

	@Test
	void aDeclinedTurnIsTheNextOnesAtTheSameTime() {
		this.queue.pass(this.first, 77);

		this.tenures.decline(this.second, this.second.call().join());

		assertThat(this.third.call()).isCompletedWithValue(new Call.Turn(77));
	}

	@Test
	void aDeclinedLockIsHandedOn() {
		Tenure tenure = grant();
		assertThat(this.tenures.end(tenure)).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);

		this.tenures.decline(this.second, this.second.call().join());

		assertThat(this.third.call().join()).isInstanceOfSatisfying(Call.HandedOn.class,
				(handedOn) -> assertThat(handedOn.tenure().fencingToken()).isEqualTo(tenure.fencingToken() + 2));
		assertThat(this.table.requests(Request.Release.class)).isEmpty();
	}

	@Test
	void whoIsToldThatTheClientIsClosedHasNothingToDecline() {
		this.queue.close();

		this.tenures.decline(this.second, this.second.call().join());

		assertThat(this.queue.waiting(this.first)).isZero();
		assertThat(this.queue.size()).isOne();
	}

	@Test
	void whoBeginsWithALeaseOfWhichItIsBeingFoundOutWhyItIsLostIsToldOnce() {
		Tenure tenure = grant();
		tenure.lease().doubt();
		assertThat(tenure.lease().loss()).contains(Loss.of(Loss.Cause.FORCE_RELEASED));
		RecordingLeaseListener events = new RecordingLeaseListener(this.process);

		this.tenures.begin(tenure, events);
		assertThat(events.losses()).isEmpty();

		this.leases.forceReleased(tenure.lease().grant().toRecord(this.first.terms()));
		assertThat(events.losses()).containsExactly(Loss.of(Loss.Cause.FORCE_RELEASED));
	}

	@Test
	void whoBeginsWithALeaseThatIsGoneIsToldAndTheNextIsCalled() {
		Tenure tenure = grant();
		this.leases.releaseInBackground(tenure.lease());
		RecordingLeaseListener events = new RecordingLeaseListener(this.process);

		this.tenures.begin(tenure, events);

		assertThat(events.losses()).containsExactly(Loss.of(Loss.Cause.EXPIRED));
		assertThat(this.second.call().join()).isInstanceOf(Call.Turn.class);
	}

}
