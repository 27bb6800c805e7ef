package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A lock that was just acquired.
 *
 * @param key the lock
 * @param leaseId the acquisition
 * @param version the lock's version at acquisition
 * @param holding how long it is held
 * @param leaseMillis how long its lease lasts without renewal
 * @param validity how long it may be believed in
 */
public record Grant(LockKey key, String leaseId, long version, Holding holding, long leaseMillis, Validity validity) {

	/**
	 * The lock as it stands in the table.
	 * @param terms the terms under which it was acquired
	 */
	LockRecord toRecord(Terms terms) {
		return new LockRecord(this.key, Optional.of(this.leaseId), Optional.of(terms.owner()),
				(this.holding == Holding.PERMANENT) ? OptionalLong.empty() : OptionalLong.of(this.leaseMillis),
				OptionalLong.of(this.version), OptionalLong.of(this.validity.from().wallMillis()), terms.note());
	}

}
