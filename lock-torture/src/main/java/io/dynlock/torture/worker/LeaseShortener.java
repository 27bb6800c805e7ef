package io.dynlock.torture.worker;

import java.util.HashMap;
import java.util.Map;

import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * Makes leases that are read from the table look shorter than they are.
 *
 * @param divisor how many times shorter
 */
record LeaseShortener(int divisor) implements ExecutionInterceptor {

	private static final String LEASE_MILLIS = "leaseMillis";

	@Override
	public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
		return (context.response() instanceof GetItemResponse found && found.hasItem())
				? found.toBuilder().item(shorten(found.item())).build() : context.response();
	}

	@Override
	public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
		return (context.exception() instanceof ConditionalCheckFailedException refused && refused.hasItem())
				? refused.toBuilder().item(shorten(refused.item())).build() : context.exception();
	}

	private Map<String, AttributeValue> shorten(Map<String, AttributeValue> item) {
		Map<String, AttributeValue> shortened = new HashMap<>(item);
		shortened.computeIfPresent(LEASE_MILLIS, (name, value) -> AttributeValue
			.fromN(Long.toString(Math.max(1, Long.parseLong(value.n()) / this.divisor))));
		return shortened;
	}

}
