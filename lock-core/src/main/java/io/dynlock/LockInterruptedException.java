package io.dynlock;

/**
 * The thread was interrupted while it waited for a lock. Its interrupt flag is set, and
 * nothing is left held.
 */
@SuppressWarnings("serial")
public final class LockInterruptedException extends LockException {

	LockInterruptedException(String printableKey) {
		super("Interrupted while waiting for the lock '" + printableKey + "'");
	}

}
