package io.dynlock.simulation;

import java.util.List;
import java.util.Optional;

import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.TableFailure;

/**
 * A lease of a {@link SimulatedClient}.
 *
 * @param held the lease
 * @param keeper who looks after it
 * @param events what happened to it
 */
public record SimulatedLease(HeldLease held, LeaseKeeper keeper, RecordingLeaseListener events) {

	/** The id of its acquisition. */
	public String id() {
		return this.held.grant().leaseId();
	}

	/** Whether it may be believed in now. */
	public boolean isValid() {
		return this.keeper.isValid(this.held);
	}

	/** What is left of it, in nanoseconds. */
	public long remainingNanos() {
		return this.keeper.remainingNanos(this.held);
	}

	/** Renews it in the calling thread. */
	public Optional<TableFailure> renew() {
		return this.keeper.renew(this.held);
	}

	/** Gives it back. */
	public LeaseKeeper.ReleaseResult release() {
		return this.keeper.release(this.held);
	}

	/** The losses its user was told of, of which there should never be two. */
	public List<Loss> losses() {
		return this.events.losses();
	}

	/** Why it was lost. */
	public Optional<Loss.Cause> lossCause() {
		return this.held.loss().map(Loss::cause);
	}

}
