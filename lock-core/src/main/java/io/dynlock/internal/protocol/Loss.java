package io.dynlock.internal.protocol;

import java.util.Optional;

/**
 * Why a lease is no longer held although nobody released it.
 *
 * @param cause what happened
 * @param holder what stands in the table instead, where it is known
 * @param failure the last failure of a renewal, where that was the cause
 */
public record Loss(Cause cause, Optional<LockRecord> holder, Optional<TableFailure> failure) {

	static Loss of(Cause cause) {
		return new Loss(cause, Optional.empty(), Optional.empty());
	}

	static Loss unreachable(TableFailure failure) {
		return new Loss(Cause.UNREACHABLE, Optional.empty(), Optional.of(failure));
	}

	/** The loss that shows in what stands in the table now. */
	static Loss to(Optional<LockRecord> current) {
		Optional<LockRecord> holder = current.filter((found) -> !found.isFree());
		return new Loss(holder.isPresent() ? Cause.TAKEN : Cause.FORCE_RELEASED, holder, Optional.empty());
	}

	/** What can happen to a lease. */
	public enum Cause {

		/** It ran out without a renewal: it was fixed, or its process stood still. */
		EXPIRED,

		/** It ran out because no renewal got through. */
		UNREACHABLE,

		/** Somebody else holds the lock. */
		TAKEN,

		/** The lock was released by name. */
		FORCE_RELEASED,

		/** The client was closed. */
		CLOSED

	}

}
