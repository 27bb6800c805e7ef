package io.dynlock.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and describes {@code dynlock.acquire}, the observation of waiting for a lock. A
 * bean of this type replaces the default, {@link DefaultAcquireObservationConvention}.
 */
public interface AcquireObservationConvention extends ObservationConvention<LockObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof LockObservationContext;
	}

}
