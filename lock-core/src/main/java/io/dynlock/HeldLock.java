package io.dynlock;

import java.time.Instant;
import java.util.Optional;

import io.dynlock.internal.protocol.Printable;

/**
 * A lock that a client of this process holds, at the time it was asked.
 *
 * @param key the lock's key
 * @param name its name in metrics
 * @param fencingToken the number that is larger for every later holder
 * @param since when its holder got it, by the clock of this host
 * @param validUntil when its lease ends if no renewal gets through, by the clock of this
 * host; empty for a permanent lock
 * @param waiters how many other callers of this client want it too
 */
public record HeldLock(String key, String name, long fencingToken, Instant since, Optional<Instant> validUntil,
		int waiters) {

	/** All of it, fit for logs. */
	@Override
	public String toString() {
		return "HeldLock[key=" + Printable.of(this.key) + ", name=" + Printable.of(this.name) + ", fencingToken="
				+ this.fencingToken + ", since=" + this.since + ", validUntil=" + this.validUntil + ", waiters="
				+ this.waiters + "]";
	}

}
