package io.dynlock.simulation.schedule;

import java.util.HashMap;
import java.util.Map;

import io.dynlock.internal.protocol.LockKey;

/**
 * Fencing tokens rise strictly in the order in which leases are granted, as long as items
 * are kept.
 */
final class Order implements Invariant {

	private final Map<LockKey, Long> highest = new HashMap<>();

	@Override
	public void granted(Claim claim, Journal journal) {
		if (journal.isOverridden(claim)) {
			return;
		}
		long before = this.highest.getOrDefault(claim.key(), 0L);
		if (claim.token() <= before) {
			throw new Violation("Order", claim + " is granted after token " + before);
		}
		this.highest.put(claim.key(), claim.token());
	}

	@Override
	public void dropped() {
		this.highest.clear();
	}

}
