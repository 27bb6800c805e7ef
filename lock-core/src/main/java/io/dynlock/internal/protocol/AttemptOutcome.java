package io.dynlock.internal.protocol;

/**
 * What came of one attempt to take a lock.
 */
public enum AttemptOutcome {

	/** The lock is ours. */
	ACQUIRED,

	/** Somebody holds it. */
	BUSY,

	/** The table gave no usable answer. */
	FAILED

}
