package io.dynlock.observation;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Makes no meters of the observations of locks: the timers of the same names are those of
 * {@link io.dynlock.metrics.MicrometerLockListener}. Comes before the handler that would
 * make them.
 */
public final class LockMeterHandler implements MeterObservationHandler<LockObservationContext> {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof LockObservationContext;
	}

}
