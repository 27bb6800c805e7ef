package io.dynlock.internal.protocol;

/**
 * What came of asking a {@link LockClient} for a lock.
 */
public sealed interface Outcome permits Outcome.Held, Acquisition.Result.Busy, Acquisition.Result.Failed {

	/**
	 * The lock is ours, and in care.
	 *
	 * @param tenure the caller's time with it
	 */
	record Held(Tenure tenure) implements Outcome {

	}

}
