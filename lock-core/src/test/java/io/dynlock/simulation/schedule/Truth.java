package io.dynlock.simulation.schedule;

import java.util.List;

import io.dynlock.internal.protocol.Beliefs;
import io.dynlock.internal.protocol.Loss;

/**
 * Whoever lost a lease is told once, with the right reason, before anybody else may
 * start, unless its process stands still.
 */
final class Truth implements Invariant {

	@Override
	public void granted(Claim claim, Journal journal) {
		List<Claim> others = journal.claims()
			.stream()
			.filter((other) -> other.key().equals(claim.key()) && !other.isEnded() && other.losses().isEmpty()
					&& !journal.isOverridden(other) && !journal.isOverridden(claim) && journal.shouldKnow(other))
			.toList();
		if (!others.isEmpty()) {
			throw new Violation("Truth", claim + " is granted, and nobody told the holder of " + others.get(0));
		}
	}

	@Override
	public void told(Claim claim, Loss loss, Journal journal) {
		if (claim.losses().size() > 1) {
			throw new Violation("Truth", "The holder of " + claim + " is told twice: " + claim.losses());
		}
		boolean right = switch (loss.cause()) {
			// an answer of the same instant may have prolonged what was lost already
			case EXPIRED ->
				Beliefs.hasRunOut(claim.lease(), claim.node().process()) || claim.node().link().hasJustBeenAnswered();
			case UNREACHABLE -> claim.node().link().hasFailed();
			case TAKEN, FORCE_RELEASED -> journal.isGone(claim.leaseId());
			case CLOSED -> claim.node().isClosed();
		};
		if (!right) {
			throw new Violation("Truth", "The holder of " + claim + " is told of a wrong reason: " + loss);
		}
	}

}
