package io.dynlock;

/**
 * The thread was interrupted while it waited for a lock, or for an answer of DynamoDB.
 * Its interrupt flag is set, and nothing is left held that was not held before.
 */
@SuppressWarnings("serial")
public final class LockInterruptedException extends LockException {

	LockInterruptedException(String message) {
		super(message);
	}

}
