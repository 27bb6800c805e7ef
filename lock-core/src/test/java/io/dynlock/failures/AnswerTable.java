package io.dynlock.failures;

import java.util.EnumMap;
import java.util.Map;

import io.dynlock.failures.Cell.Gets;
import io.dynlock.failures.Cell.Leaves;
import io.dynlock.failures.Cell.Retried;

/**
 * What comes of each operation in each failure. The document says the same.
 */
final class AnswerTable {

	private static final Map<Operation, Map<Failure, Cell>> CELLS = new EnumMap<>(Operation.class);

	static {
		acquire();
		poll();
		renew();
		release();
		status();
		list();
		create();
	}

	private AnswerTable() {
	}

	/** What comes of an operation in a failure. */
	static Cell cell(Operation operation, Failure failure) {
		return cells(operation).get(failure);
	}

	/** What comes of an operation in every failure. */
	static Map<Failure, Cell> cells(Operation operation) {
		return CELLS.computeIfAbsent(operation, (key) -> new EnumMap<>(Failure.class));
	}

	private static void acquire() {
		all(Operation.ACQUIRE, Gets.UNKNOWN, Retried.SDK_AND_WAITING, Leaves.UNDONE);
		set(Operation.ACQUIRE, Failure.ACCESS_DENIED, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.ACQUIRE, Failure.EXPIRED_CREDENTIALS, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.ACQUIRE, Failure.TABLE_DELETED, Gets.THE_LOCK, Retried.NEW_TABLE, Leaves.THE_LOCK);
		set(Operation.ACQUIRE, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.ACQUIRE, Failure.EMPTY_OBJECT, Gets.UNKNOWN, Retried.WAITING, Leaves.UNDONE);
	}

	private static void poll() {
		all(Operation.POLL, Gets.KNOWN, Retried.SDK_AND_WAITING, Leaves.OTHERS);
		set(Operation.POLL, Failure.ACCESS_DENIED, Gets.KNOWN, Retried.NO, Leaves.OTHERS);
		set(Operation.POLL, Failure.EXPIRED_CREDENTIALS, Gets.KNOWN, Retried.NO, Leaves.OTHERS);
		set(Operation.POLL, Failure.TABLE_DELETED, Gets.THE_LOCK, Retried.NEW_TABLE, Leaves.THE_LOCK);
		set(Operation.POLL, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.POLL, Failure.EMPTY_OBJECT, Gets.KNOWN, Retried.WAITING, Leaves.OTHERS);
	}

	private static void renew() {
		all(Operation.RENEW, Gets.UNKNOWN, Retried.SDK_AND_LEASE, Leaves.RELEASED_AFTER_LOSS);
		set(Operation.RENEW, Failure.ACCESS_DENIED, Gets.KNOWN, Retried.LEASE, Leaves.RELEASED_AFTER_LOSS);
		set(Operation.RENEW, Failure.EXPIRED_CREDENTIALS, Gets.KNOWN, Retried.LEASE, Leaves.RELEASED_AFTER_LOSS);
		set(Operation.RENEW, Failure.TABLE_DELETED, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.RENEW, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.LEASE, Leaves.NOTHING);
		set(Operation.RENEW, Failure.EMPTY_OBJECT, Gets.UNKNOWN, Retried.LEASE, Leaves.RELEASED_AFTER_LOSS);
	}

	private static void release() {
		all(Operation.RELEASE, Gets.UNKNOWN, Retried.SDK_AND_BACKGROUND, Leaves.UNTIL_RELEASED);
		set(Operation.RELEASE, Failure.TIMEOUT_AFTER, Gets.UNKNOWN, Retried.SDK_AND_BACKGROUND, Leaves.NOTHING);
		set(Operation.RELEASE, Failure.SERVER_ERROR, Gets.UNKNOWN, Retried.SDK_AND_BACKGROUND, Leaves.NOTHING);
		set(Operation.RELEASE, Failure.ACCESS_DENIED, Gets.KNOWN, Retried.BACKGROUND, Leaves.UNTIL_RELEASED);
		set(Operation.RELEASE, Failure.EXPIRED_CREDENTIALS, Gets.KNOWN, Retried.BACKGROUND, Leaves.UNTIL_RELEASED);
		set(Operation.RELEASE, Failure.TABLE_DELETED, Gets.DONE, Retried.NO, Leaves.NOTHING);
		set(Operation.RELEASE, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.BACKGROUND, Leaves.NOTHING);
		set(Operation.RELEASE, Failure.EMPTY_OBJECT, Gets.UNKNOWN, Retried.BACKGROUND, Leaves.UNTIL_RELEASED);
	}

	private static void status() {
		read(Operation.STATUS, Gets.FREE);
		set(Operation.STATUS, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
	}

	private static void list() {
		read(Operation.LIST, Gets.NO_LOCKS);
		set(Operation.LIST, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
	}

	private static void read(Operation operation, Gets inNewTable) {
		all(operation, Gets.KNOWN, Retried.SDK, Leaves.OTHERS);
		set(operation, Failure.ACCESS_DENIED, Gets.KNOWN, Retried.NO, Leaves.OTHERS);
		set(operation, Failure.EXPIRED_CREDENTIALS, Gets.KNOWN, Retried.NO, Leaves.OTHERS);
		set(operation, Failure.TABLE_DELETED, inNewTable, Retried.NEW_TABLE, Leaves.NOTHING);
		set(operation, Failure.EMPTY_OBJECT, Gets.KNOWN, Retried.NO, Leaves.OTHERS);
	}

	private static void create() {
		all(Operation.CREATE, Gets.UNKNOWN, Retried.SDK_AND_WAITING, Leaves.NOTHING);
		set(Operation.CREATE, Failure.TIMEOUT_AFTER, Gets.THE_LOCK, Retried.SDK_AND_LOOK, Leaves.THE_LOCK);
		set(Operation.CREATE, Failure.SERVER_ERROR, Gets.THE_LOCK, Retried.SDK_AND_LOOK, Leaves.THE_LOCK);
		set(Operation.CREATE, Failure.ACCESS_DENIED, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.CREATE, Failure.EXPIRED_CREDENTIALS, Gets.KNOWN, Retried.NO, Leaves.NOTHING);
		set(Operation.CREATE, Failure.TABLE_DELETED, Gets.NOT_ACTIVE, Retried.NO, Leaves.NOTHING);
		set(Operation.CREATE, Failure.TABLE_OF_ANOTHER_SHAPE, Gets.KNOWN, Retried.NO, Leaves.OTHER_TABLE);
		set(Operation.CREATE, Failure.EMPTY_OBJECT, Gets.UNKNOWN, Retried.WAITING, Leaves.NOTHING);
	}

	private static void all(Operation operation, Gets gets, Retried retried, Leaves leaves) {
		for (Failure failure : Failure.values()) {
			set(operation, failure, gets, retried, leaves);
		}
	}

	private static void set(Operation operation, Failure failure, Gets gets, Retried retried, Leaves leaves) {
		cells(operation).put(failure, new Cell(gets, retried, leaves));
	}

}
