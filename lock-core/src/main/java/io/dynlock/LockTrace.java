package io.dynlock;

import java.util.Optional;

/**
 * Follows one caller from asking for a lock to the end of its lease, as tracing does; see
 * {@link LockListener#follow}. Methods must be fast and thread-safe. What they throw is
 * logged and otherwise ignored.
 */
public interface LockTrace {

	/**
	 * The caller waits in its thread. Not called for callers that do not wait in a
	 * thread.
	 * @return is closed in the same thread when the waiting ends, before what came of it
	 * is told
	 */
	default Scope waiting() {
		return Scope.NONE;
	}

	/**
	 * The caller has its lock.
	 * @param lease the lease
	 */
	default void acquired(Lease lease) {
	}

	/**
	 * The caller has not got its lock; nothing more is told.
	 * @param outcome why
	 * @param failure what the caller is told, if that is an exception
	 */
	default void gaveUp(LockListener.Outcome outcome, Optional<Throwable> failure) {
	}

	/**
	 * Code begins to run under the lease in this thread. May be called several times, and
	 * in several threads.
	 * @return is closed in the same thread when the code has returned
	 */
	default Scope running() {
		return Scope.NONE;
	}

	/**
	 * The lease has ended; code may still run under it.
	 * @param loss why it was lost; empty when it was released
	 */
	default void ended(Optional<LossReason> loss) {
	}

	/** Something that is bound to a thread until it is closed. */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/** Nothing. */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}
