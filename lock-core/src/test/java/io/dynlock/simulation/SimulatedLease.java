package io.dynlock.simulation;

import java.util.List;
import java.util.Optional;

import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.internal.protocol.Tenure;

/**
 * A lease of a {@link SimulatedClient}.
 *
 * @param tenure its user's time with it
 * @param client who looks after it
 * @param events what happened to it
 */
public record SimulatedLease(Tenure tenure, LockClient client, RecordingLeaseListener events) {

	/** The lease itself. */
	public HeldLease held() {
		return this.tenure.lease();
	}

	/** The id of its acquisition. */
	public String id() {
		return held().grant().leaseId();
	}

	/** Whether it may be believed in now. */
	public boolean isValid() {
		return this.client.leases().isValid(held());
	}

	/** What is left of it, in nanoseconds. */
	public long remainingNanos() {
		return this.client.leases().remainingNanos(held());
	}

	/** Renews it in the calling thread. */
	public Optional<TableFailure> renew() {
		return this.client.leases().renew(held());
	}

	/** Gives it back. */
	public LeaseKeeper.ReleaseResult release() {
		return this.client.end(this.tenure);
	}

	/** The losses its user was told of, of which there should never be two. */
	public List<Loss> losses() {
		return this.events.losses();
	}

	/** Why it was lost. */
	public Optional<Loss.Cause> lossCause() {
		return held().loss().map(Loss::cause);
	}

}
