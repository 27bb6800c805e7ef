package io.dynlock.simulation.schedule;

import java.util.List;

/**
 * At no instant do two leases on one key both say that they are valid, unless somebody
 * freed the lock by name or deleted the table.
 */
final class Exclusion implements Invariant {

	@Override
	public void stepped(Journal journal) {
		List<Claim> claims = journal.claims();
		for (int i = 1; i < claims.size(); i++) {
			for (int j = 0; j < i; j++) {
				check(claims.get(j), claims.get(i), journal);
			}
		}
	}

	private static void check(Claim one, Claim other, Journal journal) {
		if (one.key().equals(other.key()) && one.isBelieved() && other.isBelieved() && !journal.isOverridden(one)
				&& !journal.isOverridden(other)) {
			throw new Violation("Exclusion", one + " and " + other + " are both valid");
		}
	}

}
