package io.dynlock.autoconfigure;

/**
 * What becomes of locks that are held when the application is told to end. Nobody waits
 * for a lock any more then, and no more locks are taken.
 */
public enum Shutdown {

	/**
	 * They may be held on until their work is done, as long as
	 * {@code spring.lifecycle.timeout-per-shutdown-phase} says.
	 */
	GRACEFUL,

	/** They are released at once, and their holders told of the loss. */
	IMMEDIATE

}
