package io.dynlock.observation;

/**
 * Describes waiting for a lock, unless an application does so itself: of low cardinality
 * are {@code name}, {@code client} and {@code outcome}, of high cardinality {@code key}.
 */
public class DefaultAcquireObservationConvention extends LockObservationDescription
		implements AcquireObservationConvention {

	/** Creates a convention. */
	public DefaultAcquireObservationConvention() {
		super("acquire");
	}

}
