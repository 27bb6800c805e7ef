package io.dynlock;

import java.time.Duration;

/**
 * Is told of everything that can be observed, for metrics and logs. Methods are called on
 * the thread that does the work, or on background threads; they must be fast and
 * thread-safe. What they throw is logged and otherwise ignored.
 */
public interface LockListener {

	/** Follows nobody. */
	LockTrace NOT_FOLLOWED = new LockTrace() {
	};

	/**
	 * A caller has asked for a lock.
	 * @param key the lock
	 * @param name its name in metrics
	 */
	default void acquireStarted(String key, String name) {
	}

	/**
	 * A caller has asked for a lock, and is to be followed to the end of its lease.
	 * Called in the thread of the caller. Code that enters its lock again asks for
	 * nothing.
	 * @param key the lock
	 * @param name its name in metrics
	 * @return is told of this caller alone
	 */
	default LockTrace follow(String key, String name) {
		return NOT_FOLLOWED;
	}

	/**
	 * One attempt to take a lock has ended. A caller that waits makes many.
	 * @param key the lock
	 * @param name its name in metrics
	 * @param outcome {@link Outcome#ACQUIRED}, {@link Outcome#BUSY} or
	 * {@link Outcome#FAILED}
	 * @param duration how long the attempt took
	 */
	default void attempted(String key, String name, Outcome outcome, Duration duration) {
	}

	/**
	 * A caller has its lock, or has given up.
	 * @param key the lock
	 * @param name its name in metrics
	 * @param outcome what came of it
	 * @param duration how long the caller waited
	 */
	default void acquireEnded(String key, String name, Outcome outcome, Duration duration) {
	}

	/**
	 * A lease has begun. It ends with either {@link #released} or {@link #lost}.
	 * @param lease the lease
	 */
	default void acquired(Lease lease) {
	}

	/**
	 * A lease was given back.
	 * @param lease the lease
	 * @param held how long it was held
	 */
	default void released(Lease lease, Duration held) {
	}

	/**
	 * A lease was lost.
	 * @param lease the lease
	 * @param reason why
	 * @param held how long it was held
	 */
	default void lost(Lease lease, LossReason reason, Duration held) {
	}

	/**
	 * A renewal has ended.
	 * @param lease the lease
	 * @param success whether it was prolonged
	 * @param duration how long the renewal took
	 */
	default void renewed(Lease lease, boolean success, Duration duration) {
	}

	/**
	 * A request to DynamoDB has ended.
	 * @param operation DynamoDB's name of the operation, such as {@code UpdateItem}
	 * @param answered whether there was a usable answer; a condition that does not hold
	 * is one
	 */
	default void requested(String operation, boolean answered) {
	}

	/** What came of asking for a lock. */
	enum Outcome {

		/** The lock is held. */
		ACQUIRED,

		/** Somebody else holds it. */
		BUSY,

		/** Somebody else held it for as long as the caller was ready to wait. */
		TIMEOUT,

		/** No usable answer, an interrupt, or the client was closed. */
		FAILED

	}

}
