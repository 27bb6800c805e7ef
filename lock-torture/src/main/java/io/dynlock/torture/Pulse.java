package io.dynlock.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import io.dynlock.torture.evidence.Interval;

/**
 * Notes how late its beats come, and so when this machine stood still, or had no time for
 * what it is to do. Thread-safe.
 */
final class Pulse {

	private final LongSupplier clock;

	private final long periodNanos;

	private final List<Interval> stalls = new ArrayList<>();

	private long expected;

	/**
	 * A pulse that begins now.
	 * @param clock tells the time in nanoseconds
	 * @param period from one beat to the next
	 */
	Pulse(LongSupplier clock, Duration period) {
		this.clock = clock;
		this.periodNanos = period.toNanos();
		this.expected = clock.getAsLong() + this.periodNanos;
	}

	/** A beat; the next is expected a period from now. */
	synchronized void beat() {
		long now = this.clock.getAsLong();
		if (now > this.expected) {
			this.stalls.add(new Interval(this.expected, now));
		}
		this.expected = now + this.periodNanos;
	}

	/** From when beats were expected until they came, in order. */
	synchronized List<Interval> stalls() {
		return List.copyOf(this.stalls);
	}

	/**
	 * Beats, in a thread of its own, until that is interrupted.
	 * @param errand what takes at most half a period if the machine has time for it; one
	 * who only sleeps is woken in time even if nobody else gets on
	 */
	Thread start(Runnable errand) {
		Thread thread = new Thread(() -> {
			try {
				while (!Thread.currentThread().isInterrupted()) {
					Thread.sleep(this.periodNanos / 2_000_000);
					errand.run();
					beat();
				}
			}
			catch (InterruptedException ex) {
				// the run is over
			}
		}, "pulse");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
