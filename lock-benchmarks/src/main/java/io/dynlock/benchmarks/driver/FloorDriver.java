package io.dynlock.benchmarks.driver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * No library at all: the least that a lock on DynamoDB can do, which is one conditional
 * write and one conditional delete. Nothing renews, and nothing recovers.
 */
final class FloorDriver extends PollingDriver {

	private final DynamoDbClient client;

	private final String table;

	private final @Nullable AwsRequestOverrideConfiguration limit;

	/**
	 * Opens a client.
	 * @param clients makes the SDK's client
	 * @param settings the table and the pause
	 * @param limited whether each request has a time limit of its own, as a lock needs it
	 * whose lease ends; shows what that costs
	 */
	FloorDriver(Clients clients, DriverSettings settings, boolean limited) {
		super(settings.pause());
		this.client = clients.sync();
		this.table = settings.table();
		this.limit = limited ? AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(5)).build()
				: null;
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		AttributeValue owner = AttributeValue.fromS(UUID.randomUUID().toString());
		PutItemRequest.Builder put = PutItemRequest.builder()
			.tableName(this.table)
			.item(Map.of("LockID", AttributeValue.fromS(key), "owner", owner))
			.conditionExpression("attribute_not_exists(LockID)");
		if (this.limit != null) {
			put.overrideConfiguration(this.limit);
		}
		try {
			this.client.putItem(put.build());
		}
		catch (ConditionalCheckFailedException ex) {
			return Optional.empty();
		}
		return Optional.of(() -> release(key, owner));
	}

	private void release(String key, AttributeValue owner) {
		DeleteItemRequest.Builder delete = DeleteItemRequest.builder()
			.tableName(this.table)
			.key(Map.of("LockID", AttributeValue.fromS(key)))
			.conditionExpression("#owner = :owner")
			.expressionAttributeNames(Map.of("#owner", "owner"))
			.expressionAttributeValues(Map.of(":owner", owner));
		if (this.limit != null) {
			delete.overrideConfiguration(this.limit);
		}
		this.client.deleteItem(delete.build());
	}

	@Override
	public void close() {
		this.client.close();
	}

}
