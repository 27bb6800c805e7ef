package io.dynlock.torture.evidence;

/**
 * A write to the lock table that took effect, whether its sender learnt of it or not.
 *
 * @param worker the number of the sender
 * @param key the lock
 * @param leaseId the acquisition
 * @param kind what it did
 * @param at when its answer came from the table
 */
public record TableWrite(int worker, String key, String leaseId, Kind kind, long at) {

	/** What a write does. */
	public enum Kind {

		/** It takes the lock. */
		ACQUIRE,

		/** It prolongs the lease. */
		RENEW,

		/** It frees the lock. */
		RELEASE

	}

}
