package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.Random;

import io.dynlock.internal.time.Scheduler;

/**
 * Lets every request in the background arrive late, with no thread that waits meanwhile:
 * 5 ms on average, all of them before its effect.
 *
 * @param near runs timers, and background tasks at once
 * @param random draws how late
 */
record Distance(Scheduler near, Random random) implements Scheduler {

	/** How late a request arrives, in milliseconds. */
	static double millis(Random random) {
		return 2.5 + random.nextDouble() * 5;
	}

	@Override
	public Timer schedule(long delayNanos, Runnable task) {
		return this.near.schedule(delayNanos, task);
	}

	@Override
	public void execute(long patienceNanos, Runnable task) {
		this.near.schedule((long) (millis(this.random) * 1e6), task);
	}

	@Override
	public void shutdown(Duration limit) {
		this.near.shutdown(limit);
	}

}
