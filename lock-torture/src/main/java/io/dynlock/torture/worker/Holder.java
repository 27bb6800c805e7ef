package io.dynlock.torture.worker;

import java.util.function.BooleanSupplier;

import io.dynlock.Lease;

/**
 * Who has the lock now, or thinks so.
 *
 * @param token the fencing token
 * @param valid whether the lease may be relied on
 */
record Holder(long token, BooleanSupplier valid) {

	static Holder of(Lease lease) {
		return new Holder(lease.fencingToken(), lease::isValid);
	}

	boolean isValid() {
		return this.valid.getAsBoolean();
	}

}
