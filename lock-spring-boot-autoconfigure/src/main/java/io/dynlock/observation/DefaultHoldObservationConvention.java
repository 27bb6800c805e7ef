package io.dynlock.observation;

/**
 * Describes holding a lock, unless an application does so itself: of low cardinality are
 * {@code name}, {@code client} and {@code outcome}, of high cardinality {@code key} and
 * {@code fencing.token}.
 */
public class DefaultHoldObservationConvention extends LockObservationDescription implements HoldObservationConvention {

	/** Creates a convention. */
	public DefaultHoldObservationConvention() {
		super("hold");
	}

}
