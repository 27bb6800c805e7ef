package io.dynlock.internal.protocol;

/**
 * For how long a process may keep a lock to itself by handing it on among its own callers
 * (lock cohorting: Dice, Marathe, Shavit 2012).
 * <p>
 * Nobody in this process can see whether others wait. So a process keeps a lock for a
 * sixteenth of the longest time first, and four times as long each time that nobody else
 * has taken it when it was offered. Two such steps reach the longest time, so that a
 * process that is alone soon loses little by its offers.
 *
 * @param maxCount how often; 0 for never
 * @param maxNanos how long at most since the lock was acquired, in nanoseconds
 */
public record HandOff(int maxCount, long maxNanos) {

	/**
	 * How long to keep a lock.
	 * @param before how long it was kept the last time; 0 when that is not known
	 * @param wanted whether others have taken it since
	 */
	long keepNanos(long before, boolean wanted) {
		long shortest = this.maxNanos / 16;
		return (wanted || before == 0) ? shortest : Math.min(this.maxNanos, Math.max(shortest, 4 * before));
	}

	/** Whether a tenure may be followed by another without asking the table. */
	boolean allows(Tenure tenure, long nowNanos) {
		return tenure.handOns() < this.maxCount
				&& nowNanos - tenure.lease().grant().validity().from().nanos() < tenure.keepNanos();
	}

}
