package io.dynlock.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dynlock.internal.protocol.LeaseListener;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.time.TimeSource;

/**
 * Remembers what it is told of a lease.
 */
public final class RecordingLeaseListener implements LeaseListener {

	private final TimeSource time;

	private final List<Boolean> renewals = new ArrayList<>();

	private final List<Long> renewalNanos = new ArrayList<>();

	private final List<Duration> renewalTimes = new ArrayList<>();

	private final List<Loss> losses = new ArrayList<>();

	private Runnable whenLost = () -> {
	};

	/**
	 * Creates a listener.
	 * @param time the clocks of the process
	 */
	public RecordingLeaseListener(TimeSource time) {
		this.time = time;
	}

	/**
	 * Has something done when the loss of the lease is told.
	 * @param whenLost what to do
	 */
	public void whenLost(Runnable whenLost) {
		this.whenLost = whenLost;
	}

	/** Whether each renewal succeeded. */
	public List<Boolean> renewals() {
		return List.copyOf(this.renewals);
	}

	/** When each renewal ended, by the monotonic clock of the process. */
	public List<Long> renewalNanos() {
		return List.copyOf(this.renewalNanos);
	}

	/** How long each renewal is said to have taken. */
	public List<Duration> renewalTimes() {
		return List.copyOf(this.renewalTimes);
	}

	/** The losses. */
	public List<Loss> losses() {
		return List.copyOf(this.losses);
	}

	@Override
	public void renewed(boolean success, long nanos) {
		this.renewals.add(success);
		this.renewalNanos.add(this.time.nanoTime());
		this.renewalTimes.add(Duration.ofNanos(nanos));
	}

	@Override
	public void lost(Loss loss) {
		this.losses.add(loss);
		this.whenLost.run();
	}

}
