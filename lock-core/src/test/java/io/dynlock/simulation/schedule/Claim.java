package io.dynlock.simulation.schedule;

import java.util.ArrayList;
import java.util.List;

import io.dynlock.internal.protocol.Beliefs;
import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LeaseListener;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.Tenure;

/**
 * One caller's time with a lock, from being told that it has it to giving it back.
 */
final class Claim implements LeaseListener {

	private final Node node;

	private final Tenure tenure;

	private final Journal journal;

	private final long suspensions;

	private final List<Loss> losses = new ArrayList<>();

	private boolean ended;

	Claim(Node node, Tenure tenure, Journal journal) {
		this.node = node;
		this.tenure = tenure;
		this.journal = journal;
		this.suspensions = node.hasJustResumed() ? -1 : node.suspensions();
	}

	Node node() {
		return this.node;
	}

	Tenure tenure() {
		return this.tenure;
	}

	HeldLease lease() {
		return this.tenure.lease();
	}

	LockKey key() {
		return lease().grant().key();
	}

	String leaseId() {
		return lease().grant().leaseId();
	}

	long token() {
		return this.tenure.fencingToken();
	}

	/** Whether its caller would be told that the lease is valid, asking now. */
	boolean isBelieved() {
		return !this.ended && Beliefs.isValid(lease(), this.node.process());
	}

	/** Whether its caller has given it back, or begun to. */
	boolean isEnded() {
		return this.ended;
	}

	void end() {
		this.ended = true;
	}

	/** Whether its machine was suspended since it began, or since it was asked for. */
	boolean wasSuspended() {
		return this.node.suspensions() != this.suspensions;
	}

	List<Loss> losses() {
		return this.losses;
	}

	@Override
	public void renewed(boolean success, long nanos) {
		this.journal.count(success ? "renewals" : "failed renewals");
	}

	@Override
	public void lost(Loss loss) {
		this.losses.add(loss);
		this.journal.told(this, loss);
	}

	@Override
	public String toString() {
		return "lease " + leaseId() + " on " + key() + ", token " + token();
	}

}
