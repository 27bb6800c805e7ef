package io.dynlock.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * What the defaults for waiting and for holding share.
 */
abstract class LockObservationDescription implements ObservationConvention<LockObservationContext> {

	private final String verb;

	LockObservationDescription(String verb) {
		this.verb = verb;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof LockObservationContext;
	}

	@Override
	public String getName() {
		return "dynlock." + this.verb;
	}

	@Override
	public String getContextualName(LockObservationContext context) {
		return this.verb + " " + context.getLockName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(LockObservationContext context) {
		return KeyValues.of(KeyValue.of("name", context.getLockName()), KeyValue.of("client", context.getClient()),
				KeyValue.of("outcome", context.getOutcome()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(LockObservationContext context) {
		KeyValues values = KeyValues.of("key", context.getKey());
		return context.getFencingToken().isPresent()
				? values.and("fencing.token", Long.toString(context.getFencingToken().getAsLong())) : values;
	}

}
