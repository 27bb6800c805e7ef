package io.dynlock;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.TableFailure;

/**
 * Tells users of the protocol's failures.
 */
final class LockExceptions {

	private final String client;

	private final String table;

	/**
	 * Creates exceptions.
	 * @param client the name of the template
	 * @param table its table
	 */
	LockExceptions(String client, String table) {
		this.client = client;
		this.table = table;
	}

	LockException of(TableFailure failure, LockKey key) {
		return of(failure, " (at the lock '" + key + "')");
	}

	/** The exception for a failure that concerns no single lock. */
	LockException of(TableFailure failure) {
		return of(failure, "");
	}

	private LockException of(TableFailure failure, String where) {
		String message = failure.message() + where;
		return switch (failure.kind()) {
			case INTERRUPTED -> {
				Thread.currentThread().interrupt();
				LockInterruptedException interrupted = new LockInterruptedException(message);
				failure.cause().ifPresent(interrupted::initCause);
				yield interrupted;
			}
			case TABLE_NOT_ACTIVE ->
				new TableNotActiveException(message, this.client, this.table, failure.tableStatus().orElse("unknown"));
			default -> failure.cause()
				.map((cause) -> new LockTableException(message, this.client, failure.outcomeUnknown(), cause))
				.orElseGet(() -> new LockTableException(message, this.client, failure.outcomeUnknown()));
		};
	}

	static LockException released(LockKey key) {
		return new LockException("The lease on the lock '" + key + "' was released; acquire the lock again");
	}

	static LockException closed() {
		return new LockException("The lock client is closed, or is to be closed; it acquires no more locks");
	}

}
