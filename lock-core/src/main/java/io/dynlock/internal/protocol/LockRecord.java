package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one item of the table says about its lock.
 *
 * @param key the lock
 * @param leaseId the acquisition that holds it; empty when it is free, or held by the Go
 * package
 * @param owner who holds it, for people
 * @param leaseMillis how long its lease lasts without renewal; empty for a permanent lock
 * @param version the counter of acquisitions and renewals; empty for a lock of the Go
 * package
 * @param acquiredAt when it was acquired, in epoch milliseconds of the holder's clock,
 * for people
 * @param note the holder's own text
 */
public record LockRecord(LockKey key, Optional<String> leaseId, Optional<String> owner, OptionalLong leaseMillis,
		OptionalLong version, OptionalLong acquiredAt, Optional<String> note) {

	/**
	 * Whether anybody may take the lock: its item was kept by a release.
	 */
	public boolean isFree() {
		return this.leaseId.isEmpty() && this.version.isPresent();
	}

	/**
	 * Whether the Go package holds it: such an item has nothing but its key.
	 */
	public boolean isForeign() {
		return this.leaseId.isEmpty() && this.version.isEmpty();
	}

	/** The holder in words, fit for logs. */
	String describeHolder() {
		if (isFree()) {
			return "nobody";
		}
		String who = this.owner.map((text) -> "'" + Printable.of(text) + "'").orElse("an unknown owner");
		String lease = this.leaseMillis.isPresent() ? "a lease of " + this.leaseMillis.getAsLong() + " ms" : "no lease";
		return who + " with " + lease + (this.version.isPresent() ? ", version " + this.version.getAsLong() : "");
	}

	/**
	 * Whether this acquisition holds the lock.
	 * @param leaseId an acquisition
	 */
	public boolean isHeldBy(String leaseId) {
		return this.leaseId.isPresent() && this.leaseId.get().equals(leaseId);
	}

}
