package io.dynlock;

/**
 * Base of all that can go wrong with a lock. Thrown as it is when a lease is used that
 * was released, or a {@link DistributedLockTemplate} that is closed.
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
