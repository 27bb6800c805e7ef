package io.dynlock.benchmarks.micro;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A DynamoDB that agrees to every write at once, so that what is left is the client's
 * time.
 */
final class InstantDynamoDb implements DynamoDbClient {

	private final AtomicLong version = new AtomicLong(1_700_000_000_000L);

	@Override
	public UpdateItemResponse updateItem(UpdateItemRequest request) {
		return UpdateItemResponse.builder()
			.attributes(Map.of("version", AttributeValue.fromN(Long.toString(this.version.incrementAndGet()))))
			.build();
	}

	@Override
	public String serviceName() {
		return SERVICE_NAME;
	}

	@Override
	public void close() {
		// holds nothing
	}

}
