package io.dynlock;

import io.dynlock.internal.protocol.Holding;

/**
 * How long an acquired lock is held when nobody releases it.
 */
public enum LeaseMode {

	/**
	 * As long as the process lives: the lease is renewed in the background, and others
	 * get the lock one lease after the process died. The default.
	 */
	RENEWED(Holding.RENEWED),

	/**
	 * For one lease duration, and not renewed in the background: a limit for work that
	 * must not hold a lock longer. {@link Lease#renew()} prolongs it by hand.
	 */
	FIXED(Holding.FIXED),

	/**
	 * Until somebody releases it, however many processes come and go. Such a lock
	 * survives the process that took it, and {@link DistributedLockTemplate#close()}
	 * leaves it alone.
	 */
	PERMANENT(Holding.PERMANENT);

	private final Holding holding;

	LeaseMode(Holding holding) {
		this.holding = holding;
	}

	Holding holding() {
		return this.holding;
	}

}
