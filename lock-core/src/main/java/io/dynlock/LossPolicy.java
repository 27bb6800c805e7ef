package io.dynlock;

/**
 * What {@link DistributedLockOperations#execute execute} does when the lease is lost
 * while the guarded code runs.
 */
public enum LossPolicy {

	/**
	 * Throws {@link LockLostException} when the guarded code returns. The default.
	 */
	THROW,

	/**
	 * Logs a warning, and returns what the guarded code returns.
	 */
	LOG,

	/**
	 * Interrupts the thread that runs the guarded code at once, and throws
	 * {@link LockLostException} when it returns.
	 */
	INTERRUPT

}
