package io.dynlock;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.TableFailure;

/**
 * Tells users of the protocol's failures.
 */
final class LockExceptions {

	private final String table;

	LockExceptions(String table) {
		this.table = table;
	}

	LockException of(TableFailure failure, LockKey key) {
		return switch (failure.kind()) {
			case INTERRUPTED -> {
				Thread.currentThread().interrupt();
				yield new LockInterruptedException(key.toString());
			}
			case TABLE_NOT_ACTIVE ->
				new TableNotActiveException(failure.message(), this.table, failure.tableStatus().orElse("unknown"));
			default -> failure.cause()
				.map((cause) -> new LockTableException(failure.message(), failure.outcomeUnknown(), cause))
				.orElseGet(() -> new LockTableException(failure.message(), failure.outcomeUnknown()));
		};
	}

	static LockException closed() {
		return new LockException("The lock client is closed; it acquires no more locks");
	}

}
