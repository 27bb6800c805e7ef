package io.dynlock.internal.protocol;

import java.util.Optional;

/**
 * Looks at locks, and frees them by name. Thread-safe.
 */
final class TableInspector {

	/** How often a lock may change hands while it is being released by name. */
	private static final int MAX_FORCE_ATTEMPTS = 10;

	private final LockTable table;

	TableInspector(LockTable table) {
		this.table = table;
	}

	/**
	 * What stands in the table.
	 * @param key the lock
	 * @return the lock's item; empty when there is none
	 * @throws TableFailureException if there was no answer
	 */
	Optional<LockRecord> read(LockKey key) {
		Request read = new Request.Read(key, true);
		Answer answer = this.table.send(read);
		if (answer instanceof Answer.Failed failed && failed.failure().kind() == TableFailure.Kind.UNPREPARED) {
			prepare(key);
			answer = this.table.send(read);
		}
		if (answer instanceof Answer.Found found) {
			return found.current();
		}
		throw failureIn(answer);
	}

	/**
	 * Sees to it that the table can be used.
	 * @param key the lock on whose behalf
	 * @throws TableFailureException if it cannot be used
	 */
	void prepare(LockKey key) {
		Answer answer = this.table.send(new Request.Prepare(key));
		if (!(answer instanceof Answer.Written)) {
			throw failureIn(answer);
		}
	}

	/**
	 * Frees a lock, whoever holds it.
	 * @param key the lock
	 * @return what was held; empty when the lock was free
	 * @throws TableFailureException if there was no answer
	 */
	Optional<LockRecord> forceRelease(LockKey key) {
		for (int attempt = 0; attempt < MAX_FORCE_ATTEMPTS; attempt++) {
			Optional<LockRecord> held = read(key).filter((current) -> !current.isFree());
			if (held.isEmpty() || forceRelease(held.get())) {
				return held;
			}
		}
		throw new TableFailureException(new TableFailure(TableFailure.Kind.NO_ANSWER, "The lock '" + key
				+ "' changed hands " + MAX_FORCE_ATTEMPTS + " times while it was to be released; try again"));
	}

	/**
	 * Frees a lock, if it is still held as it was seen.
	 * @param held what was seen
	 * @return whether it still was
	 * @throws TableFailureException if there was no answer
	 */
	boolean forceRelease(LockRecord held) {
		Answer answer = this.table.send(held.leaseId()
			.<Request>map((leaseId) -> new Request.Release(held.key(), leaseId))
			.orElseGet(() -> new Request.ReleaseForeign(held.key())));
		if (answer instanceof Answer.Written) {
			return true;
		}
		if (answer instanceof Answer.Refused refused) {
			return refused.inDoubt() && !stands(held);
		}
		throw failureIn(answer);
	}

	/** Whether a lock is held as it was seen. */
	private boolean stands(LockRecord held) {
		return read(held.key()).filter((now) -> held.leaseId().map(now::isHeldBy).orElseGet(now::isForeign))
			.isPresent();
	}

	private static TableFailureException failureIn(Answer answer) {
		if (answer instanceof Answer.Failed failed) {
			return new TableFailureException(failed.failure());
		}
		throw new IllegalStateException("Not an answer to this request: " + answer);
	}

}
