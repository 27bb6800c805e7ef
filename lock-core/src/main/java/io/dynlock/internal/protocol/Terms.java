package io.dynlock.internal.protocol;

import java.util.Optional;

/**
 * What one call of acquire asks for. All durations in nanoseconds or as named.
 *
 * @param owner who asks, for people
 * @param holding how long the lock is held
 * @param leaseMillis how long a lease lasts without renewal
 * @param note the caller's own text
 * @param waitNanos how long to wait for a lock that is held: 0 not at all,
 * {@link #FOREVER} without limit
 * @param maxRetries how many further attempts after the first; {@link #UNLIMITED}
 * @param sleepNanos the first pause between two attempts
 * @param maxSleepNanos the longest pause between two attempts
 */
public record Terms(String owner, Holding holding, long leaseMillis, Optional<String> note, long waitNanos,
		int maxRetries, long sleepNanos, long maxSleepNanos) {

	/** Waits without limit. */
	public static final long FOREVER = Long.MAX_VALUE;

	/** Tries without limit. */
	public static final int UNLIMITED = Integer.MAX_VALUE;

	/** How long a lease lasts without renewal, in nanoseconds. */
	long leaseNanos() {
		return this.leaseMillis * 1_000_000;
	}

}
