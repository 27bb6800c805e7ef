package io.dynlock.internal.protocol;

import java.util.Optional;

/**
 * What came of a {@link Request}.
 */
public sealed interface Answer {

	/**
	 * A write took effect, or a preparation is done.
	 *
	 * @param version the lock's version after an acquisition; 0 where it does not matter
	 */
	record Written(long version) implements Answer {

	}

	/**
	 * A write did not take effect, because its condition does not hold.
	 *
	 * @param current what stands in the table; empty when there is no item, or the server
	 * does not tell
	 * @param inDoubt whether the same write was sent before without an answer, and may
	 * yet take effect
	 */
	record Refused(Optional<LockRecord> current, boolean inDoubt) implements Answer {

		/**
		 * A write that was sent once, and did not take effect.
		 * @param current what stands in the table
		 */
		public Refused(Optional<LockRecord> current) {
			this(current, false);
		}

	}

	/**
	 * A read.
	 *
	 * @param current what stands in the table; empty when there is no item
	 */
	record Found(Optional<LockRecord> current) implements Answer {

	}

	/**
	 * No usable answer.
	 *
	 * @param failure what went wrong
	 */
	record Failed(TableFailure failure) implements Answer {

	}

}
