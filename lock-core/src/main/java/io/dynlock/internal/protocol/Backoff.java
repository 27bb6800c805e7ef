package io.dynlock.internal.protocol;

import java.util.random.RandomGenerator;

/**
 * The pauses of somebody who tries again and again. Each is a share of the time that has
 * passed so far, within limits, so that whoever waits long asks seldom, and yet loses
 * little time for its wait. Each is drawn from the upper half of its length, so that
 * waiters that started together drift apart.
 *
 * @param firstNanos the shortest pause, in nanoseconds
 * @param maxNanos the longest pause, in nanoseconds
 * @param share the part of the time so far that a pause lasts: one in so many
 * @param random draws the pauses
 */
record Backoff(long firstNanos, long maxNanos, int share, RandomGenerator random) {

	/** The share of those who wait for a lock. */
	static final int WAITING_SHARE = 16;

	/**
	 * The next pause, in nanoseconds.
	 * @param elapsedNanos the time that has passed so far
	 */
	long next(long elapsedNanos) {
		return jittered(length(elapsedNanos), this.random);
	}

	private long length(long elapsedNanos) {
		return Math.min(this.maxNanos, Math.max(this.firstNanos, elapsedNanos / this.share));
	}

	/**
	 * The longest pause of somebody who waits for a lock.
	 * @param terms how it waits
	 * @param waitedNanos for how long it has waited
	 */
	static long longest(Terms terms, long waitedNanos) {
		return new Backoff(terms.sleepNanos(), terms.maxSleepNanos(), WAITING_SHARE, () -> 0).length(waitedNanos);
	}

	/** A length from the upper half of the given one. */
	static long jittered(long length, RandomGenerator random) {
		return length - (long) (random.nextDouble() * length / 2);
	}

}
