package io.dynlock;

import java.util.Optional;

/**
 * Why a lease was lost; printed, it says so in words.
 */
public sealed interface LossReason {

	/** The reason in one word, for metrics. */
	String tag();

	/**
	 * The lease ran out and was not renewed: it was fixed, or its process stood still.
	 */
	record Expired() implements LossReason {

		@Override
		public String tag() {
			return "expired";
		}

		@Override
		public String toString() {
			return "the lease ran out";
		}

	}

	/**
	 * The lease ran out because no renewal got through to the table.
	 *
	 * @param message what went wrong
	 * @param cause the failure underneath, if there was one
	 */
	record Unreachable(String message, Optional<Throwable> cause) implements LossReason {

		@Override
		public String tag() {
			return "unreachable";
		}

		@Override
		public String toString() {
			return "the lease could not be renewed: " + this.message;
		}

	}

	/**
	 * Somebody else holds the lock now.
	 *
	 * @param holder who
	 */
	record Taken(LockStatus holder) implements LossReason {

		@Override
		public String tag() {
			return "taken";
		}

		@Override
		public String toString() {
			return "the lock was taken by " + this.holder.describeHolder();
		}

	}

	/**
	 * The lock was released by name.
	 */
	record ForceReleased() implements LossReason {

		@Override
		public String tag() {
			return "force_released";
		}

		@Override
		public String toString() {
			return "the lock was released by name";
		}

	}

	/**
	 * The {@link DistributedLockTemplate} was closed.
	 */
	record Closed() implements LossReason {

		@Override
		public String tag() {
			return "closed";
		}

		@Override
		public String toString() {
			return "the lock client was closed";
		}

	}

}
