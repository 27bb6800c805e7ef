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

	/** Whether there is any point in waiting. */
	boolean mayWait() {
		return this.waitNanos > 0 && this.maxRetries > 0;
	}

	/**
	 * How long to stand in line behind others of this process, in nanoseconds: as long as
	 * the wait may last, and no longer than all pauses of the retries would.
	 */
	long lineNanos() {
		if (this.maxRetries == UNLIMITED) {
			return this.waitNanos;
		}
		long pauses = 0;
		for (int retry = 0; retry < this.maxRetries && pauses < this.waitNanos; retry++) {
			long pause = Backoff.longest(this, pauses);
			if (pause >= this.maxSleepNanos) {
				// no pause is longer than this, so all others are as long
				return Math.min(this.waitNanos, saturated(pauses, this.maxRetries - retry, pause));
			}
			pauses += pause;
		}
		return Math.min(this.waitNanos, pauses);
	}

	private static long saturated(long sum, int times, long pause) {
		return (times > (FOREVER - sum) / pause) ? FOREVER : sum + times * pause;
	}

	/**
	 * What is left of the time to wait, in nanoseconds.
	 * @param startedNanos when the waiting began
	 * @param nowNanos now
	 */
	long remainingNanos(long startedNanos, long nowNanos) {
		return (this.waitNanos == FOREVER) ? FOREVER : this.waitNanos - (nowNanos - startedNanos);
	}

	/**
	 * The same terms with less time to wait.
	 * @param waitNanos how long to wait, in nanoseconds
	 */
	Terms waiting(long waitNanos) {
		return new Terms(this.owner, this.holding, this.leaseMillis, this.note, Math.max(0, waitNanos), this.maxRetries,
				this.sleepNanos, this.maxSleepNanos);
	}

	/**
	 * Whether a lock that was acquired under these terms suits others.
	 * @param other the terms of somebody else
	 */
	boolean suit(Terms other) {
		return this.holding == other.holding && this.leaseMillis == other.leaseMillis && this.note.equals(other.note)
				&& this.owner.equals(other.owner);
	}

	/** How long a lease lasts without renewal, in nanoseconds. */
	long leaseNanos() {
		return this.leaseMillis * 1_000_000;
	}

}
