package io.dynlock.internal.protocol;

import io.dynlock.internal.time.TimeSource;

/**
 * Looks into a lease without changing what becomes of it.
 */
public final class Beliefs {

	private Beliefs() {
	}

	/**
	 * What {@link LeaseKeeper#isValid} would say now.
	 * @param lease the lease
	 * @param time the clocks of its process
	 */
	public static boolean isValid(HeldLease lease, TimeSource time) {
		return lease.isHeld() && lease.validity().holds(time.now());
	}

	/**
	 * Whether a lease is over by the monotonic clock.
	 * @param lease the lease
	 * @param time the clocks of its process
	 */
	public static boolean hasRunOut(HeldLease lease, TimeSource time) {
		return lease.validity().hasRunOut(time.now());
	}

}
