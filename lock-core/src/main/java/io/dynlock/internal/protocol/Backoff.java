package io.dynlock.internal.protocol;

import java.util.random.RandomGenerator;

/**
 * The pauses of one waiting caller: they grow by half each time up to a limit, and each
 * is drawn from the upper half of its length, so that waiters that started together drift
 * apart. Not thread-safe.
 */
final class Backoff {

	private final RandomGenerator random;

	private final long maxNanos;

	private long nanos;

	Backoff(long firstNanos, long maxNanos, RandomGenerator random) {
		this.random = random;
		this.nanos = Math.min(firstNanos, maxNanos);
		this.maxNanos = maxNanos;
	}

	/** A length from the upper half of the given one. */
	static long jittered(long length, RandomGenerator random) {
		return length - (long) (random.nextDouble() * length / 2);
	}

	/** The next pause, in nanoseconds. */
	long next() {
		long length = this.nanos;
		this.nanos = Math.min(this.maxNanos, length + length / 2);
		return jittered(length, this.random);
	}

}
