package io.dynlock.benchmarks.driver;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Tells when a lock was last written successfully: acquired or renewed.
 *
 * @param hashKey the attribute that has the key of the lock
 * @param listener gets the key of the lock, and when the answer came
 */
public record WriteClock(String hashKey, BiConsumer<String, Instant> listener) implements ExecutionInterceptor {

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		SdkRequest request = context.request();
		if (request instanceof UpdateItemRequest update) {
			written(update.key());
		}
		else if (request instanceof PutItemRequest put) {
			written(put.item());
		}
	}

	private void written(Map<String, AttributeValue> item) {
		Instant now = Instant.now();
		Optional.ofNullable(item.get(this.hashKey)).ifPresent((key) -> this.listener.accept(key.s(), now));
	}

}
