package io.dynlock.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and describes {@code dynlock.hold}, the observation of holding a lock. A bean of
 * this type replaces the default, {@link DefaultHoldObservationConvention}.
 */
public interface HoldObservationConvention extends ObservationConvention<LockObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof LockObservationContext;
	}

}
