package io.dynlock;

/**
 * Base of all that can go wrong with a lock. Thrown as it is when the
 * {@link DistributedLockTemplate} is closed.
 */
@SuppressWarnings("serial")
public class LockException extends RuntimeException {

	LockException(String message) {
		super(message);
	}

	LockException(String message, Throwable cause) {
		super(message, cause);
	}

}
