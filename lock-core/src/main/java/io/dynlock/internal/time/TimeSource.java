package io.dynlock.internal.time;

/**
 * Reads the two clocks of this process.
 * <p>
 * Decisions about who holds a lock rest on the monotonic clock. The wall clock only ever
 * makes a holder more careful, because the monotonic clock of a suspended machine may
 * stand still; it is never compared with another machine's.
 */
public interface TimeSource {

	/**
	 * The monotonic clock, in nanoseconds from an arbitrary origin. Compare readings by
	 * subtraction only.
	 */
	long nanoTime();

	/** The wall clock, in milliseconds since the epoch. */
	long wallMillis();

	/** Both clocks, read now. */
	default Reading now() {
		return new Reading(nanoTime(), wallMillis());
	}

	/** The clocks of the operating system. */
	static TimeSource system() {
		return SystemTimeSource.INSTANCE;
	}

}
