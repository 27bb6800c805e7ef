package io.dynlock.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dynlock.Lease;
import io.dynlock.LockListener;
import io.dynlock.LossReason;

/**
 * Notes everything a listener is told.
 */
public final class RecordingListener implements LockListener {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Outcome> attempts = new CopyOnWriteArrayList<>();

	private final List<Outcome> acquisitions = new CopyOnWriteArrayList<>();

	private final List<LossReason> losses = new CopyOnWriteArrayList<>();

	private final List<Boolean> renewals = new CopyOnWriteArrayList<>();

	private final List<String> begun = new CopyOnWriteArrayList<>();

	private final List<String> released = new CopyOnWriteArrayList<>();

	/** The requests: the operation, and after it {@code !} if there was no answer. */
	public List<String> requests() {
		return this.requests;
	}

	/** What came of each attempt. */
	public List<Outcome> attempts() {
		return this.attempts;
	}

	/** What came of each acquisition. */
	public List<Outcome> acquisitions() {
		return this.acquisitions;
	}

	/** Why leases were lost. */
	public List<LossReason> losses() {
		return this.losses;
	}

	/** Which renewals succeeded. */
	public List<Boolean> renewals() {
		return this.renewals;
	}

	/** The keys of leases that began. */
	public List<String> begun() {
		return this.begun;
	}

	/** The keys of leases that were given back. */
	public List<String> released() {
		return this.released;
	}

	@Override
	public void attempted(String key, String name, Outcome outcome, Duration duration) {
		this.attempts.add(outcome);
	}

	@Override
	public void acquireEnded(String key, String name, Outcome outcome, Duration duration) {
		this.acquisitions.add(outcome);
	}

	@Override
	public void acquired(Lease lease) {
		this.begun.add(lease.key());
	}

	@Override
	public void released(Lease lease, Duration held) {
		this.released.add(lease.key());
	}

	@Override
	public void lost(Lease lease, LossReason reason, Duration held) {
		this.losses.add(reason);
	}

	@Override
	public void renewed(Lease lease, boolean success, Duration duration) {
		this.renewals.add(success);
	}

	@Override
	public void requested(String operation, boolean answered) {
		this.requests.add(answered ? operation : operation + "!");
	}

}
