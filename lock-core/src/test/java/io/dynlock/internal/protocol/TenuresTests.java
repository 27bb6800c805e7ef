package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.internal.time.Scheduler;
import io.dynlock.simulation.RecordingLeaseListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a lock whose next user, called already, does not want it any more; and
 * of one that is lost before its user begins. Both happen between two threads only.
 */
class TenuresTests {

	private final LineParts parts = new LineParts();

	private final Place first = this.parts.inLine();

	private final Place second = this.parts.inLine();

	private final Place third = this.parts.inLine();

	private Grant written() {
		Terms terms = this.first.terms();
		Request acquire = new Request.Acquire(LineParts.KEY, "a-1", "a", terms.leaseMillis(), Optional.empty(),
				Optional.empty());
		Answer.Written written = (Answer.Written) this.parts.table.send(acquire);
		return new Grant(LineParts.KEY, "a-1", written.version(), Holding.RENEWED, terms.leaseMillis(),
				new Validity(this.parts.process.now(), terms.leaseNanos()));
	}

	private Tenure grant() {
		Outcome outcome = this.parts.tenures.settle(this.first, new Acquisition.Result.Granted(written()));
		return ((Outcome.Held) outcome).tenure();
	}

	@Test
	void aDeclinedTurnIsTheNextOnesAtTheSameTime() {
		this.parts.queue.pass(this.first, 77);

		this.parts.tenures.decline(this.second, this.second.call().join());

		assertThat(this.third.call()).isCompletedWithValue(new Call.Turn(77));
	}

	@Test
	void aDeclinedLockIsHandedOn() {
		Tenure tenure = grant();
		assertThat(this.parts.tenures.end(tenure)).isEqualTo(LeaseKeeper.ReleaseResult.RELEASED);

		this.parts.tenures.decline(this.second, this.second.call().join());

		assertThat(this.third.call().join()).isInstanceOfSatisfying(Call.HandedOn.class,
				(handedOn) -> assertThat(handedOn.tenure().fencingToken()).isEqualTo(tenure.fencingToken() + 2));
		assertThat(this.parts.table.requests(Request.Release.class)).isEmpty();
	}

	@Test
	void whoIsToldThatTheClientIsClosedHasNothingToDecline() {
		this.parts.queue.close();

		this.parts.tenures.decline(this.second, this.second.call().join());

		assertThat(this.parts.queue.waiting(this.first)).isZero();
		assertThat(this.parts.queue.size()).isOne();
	}

	@Test
	void whoBeginsWithALeaseOfWhichItIsBeingFoundOutWhyItIsLostIsToldOnce() {
		Tenure tenure = grant();
		tenure.lease().doubt();
		assertThat(tenure.lease().loss()).contains(Loss.of(Loss.Cause.FORCE_RELEASED));
		RecordingLeaseListener events = new RecordingLeaseListener(this.parts.process);

		this.parts.tenures.begin(tenure, events);
		assertThat(events.losses()).isEmpty();

		this.parts.leases.forceReleased(tenure.lease().grant().toRecord(this.first.terms()));
		assertThat(events.losses()).containsExactly(Loss.of(Loss.Cause.FORCE_RELEASED));
	}

	@Test
	void whoBeginsWithALeaseThatIsGoneIsToldAndTheNextIsCalled() {
		Tenure tenure = grant();
		this.parts.leases.releaseInBackground(tenure.lease());
		RecordingLeaseListener events = new RecordingLeaseListener(this.parts.process);

		this.parts.tenures.begin(tenure, events);

		assertThat(events.losses()).containsExactly(Loss.of(Loss.Cause.EXPIRED));
		assertThat(this.second.call().join()).isInstanceOf(Call.Turn.class);
	}

	/** Nobody would renew it, nor notice its end. */
	@Test
	void aLeaseForWhichNoTimerCanBeSetIsGivenBack() {
		Grant grant = written();
		LeaseKeeper keeper = this.parts.keeper(new NoTimers());

		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> keeper.hold(grant, this.first));

		assertThat(keeper.size()).isZero();
		assertThat(this.parts.model.item(LineParts.KEY).orElseThrow().isFree()).isTrue();
	}

	/** A process that can start no more threads. */
	private static final class NoTimers implements Scheduler {

		@Override
		public Timer schedule(long delayNanos, Runnable task) {
			throw new OutOfMemoryError("unable to create native thread");
		}

		@Override
		public void execute(long patienceNanos, Runnable task) {
			task.run();
		}

		@Override
		public void shutdown(Duration limit) {
		}

	}

}
