package io.dynlock.internal.protocol;

/**
 * Is told of every attempt to take a lock.
 */
@FunctionalInterface
public interface AttemptListener {

	/**
	 * An attempt has ended.
	 * @param outcome what came of it
	 * @param nanos how long it took, in nanoseconds: one look at the table, a write, or
	 * both
	 */
	void attempted(AttemptOutcome outcome, long nanos);

}
