package io.dynlock.internal.protocol;

import io.dynlock.internal.time.Reading;

/**
 * How long a lease may be believed in: until the time just before the request that last
 * confirmed it, plus its duration.
 * <p>
 * The monotonic clock decides. The wall clock alone can only make a lease suspect: on a
 * machine that was suspended the monotonic clock may have stood still meanwhile.
 *
 * @param from both clocks just before the request that last confirmed the lease
 * @param leaseNanos how long the lease lasts; {@link #ENDLESS} for a permanent lock
 */
public record Validity(Reading from, long leaseNanos) {

	/** Lasts until it is given back. */
	public static final long ENDLESS = Long.MAX_VALUE;

	private static final long NANOS_PER_MILLI = 1_000_000;

	/** Whether the monotonic clock says that the lease is over. */
	public boolean hasRunOut(Reading now) {
		return remainingNanos(now) <= 0;
	}

	/** Whether the wall clock says that the lease is over. */
	public boolean isSuspect(Reading now) {
		return this.leaseNanos != ENDLESS
				&& now.wallMillis() - this.from.wallMillis() >= this.leaseNanos / NANOS_PER_MILLI;
	}

	/** Whether both clocks agree that the lease holds. */
	public boolean holds(Reading now) {
		return !hasRunOut(now) && !isSuspect(now);
	}

	/** What is left by the monotonic clock, in nanoseconds; not positive when over. */
	public long remainingNanos(Reading now) {
		return (this.leaseNanos == ENDLESS) ? ENDLESS : this.leaseNanos - (now.nanos() - this.from.nanos());
	}

	/** The validity after a confirmation asked for at {@code before}. */
	public Validity renewed(Reading before) {
		return (before.nanos() - this.from.nanos() >= 0) ? new Validity(before, this.leaseNanos) : this;
	}

	/** The same end by the monotonic clock, with the wall clock believed anew. */
	public Validity confirmed(Reading before) {
		long elapsedMillis = (before.nanos() - this.from.nanos()) / NANOS_PER_MILLI;
		return new Validity(new Reading(this.from.nanos(), before.wallMillis() - elapsedMillis), this.leaseNanos);
	}

}
