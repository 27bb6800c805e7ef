package io.dynlock.testing;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A table of locks without the library: as the AWS console, or the Go package, sees it.
 */
public final class RawTable {

	/** The SDK's own waiters look every 20 seconds. */
	private static final Duration POLL = Duration.ofMillis(50);

	private final DynamoDbClient client;

	private final String name;

	RawTable(DynamoDbClient client, String name) {
		this.client = client;
		this.name = name;
	}

	/** A client that differs from the SDK's own only in where it leads. */
	public static DynamoDbClientBuilder clientBuilder(URI endpoint) {
		return DynamoDbClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
	}

	/** The SDK's client. */
	public DynamoDbClient client() {
		return this.client;
	}

	/** The table's name. */
	public String name() {
		return this.name;
	}

	/** Creates the table as it should be, and waits for it. */
	public void create() {
		create(Map.of("LockID", KeyType.HASH), ScalarAttributeType.S);
	}

	/** Creates the table with another key, and waits for it. */
	public void create(Map<String, KeyType> key, ScalarAttributeType type) {
		this.client.createTable((table) -> table.tableName(this.name)
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.keySchema(key.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByValue())
				.map((entry) -> KeySchemaElement.builder()
					.attributeName(entry.getKey())
					.keyType(entry.getValue())
					.build())
				.toList())
			.attributeDefinitions(key.keySet()
				.stream()
				.map((name) -> AttributeDefinition.builder().attributeName(name).attributeType(type).build())
				.toList()));
		await().pollInterval(POLL).until(this::isActive);
	}

	/** Deletes the table, and waits until it is gone. */
	public void drop() {
		this.client.deleteTable((table) -> table.tableName(this.name));
		await().pollInterval(POLL)
			.untilAsserted(() -> assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(this::describe));
	}

	/** What DynamoDB says about the table. */
	public TableDescription describe() {
		return this.client.describeTable((table) -> table.tableName(this.name)).table();
	}

	/** Whether the table can be used. */
	public boolean isActive() {
		return describe().tableStatus() == TableStatus.ACTIVE;
	}

	/** Whether there is such a table. */
	public boolean exists() {
		try {
			describe();
			return true;
		}
		catch (ResourceNotFoundException ex) {
			return false;
		}
	}

	/** The acquisitions that hold a lock, whatever the table looks like. */
	public List<String> leaseIds() {
		return exists() ? this.client.scan((scan) -> scan.tableName(this.name).consistentRead(true))
			.items()
			.stream()
			.flatMap((item) -> Optional.ofNullable(item.get("leaseId")).stream())
			.map(AttributeValue::s)
			.toList() : List.of();
	}

	/** The item of a lock; empty when there is none. */
	public Map<String, AttributeValue> item(String key) {
		return this.client.getItem(
				(get) -> get.tableName(this.name).key(Map.of("LockID", AttributeValue.fromS(key))).consistentRead(true))
			.item();
	}

	/** Writes an item as it is. */
	public void put(String key, Map<String, AttributeValue> attributes) {
		Map<String, AttributeValue> item = new HashMap<>(attributes);
		item.put("LockID", AttributeValue.fromS(key));
		put(item);
	}

	/** Writes an item of a table that may have another key. */
	public void put(Map<String, AttributeValue> item) {
		this.client.putItem((put) -> put.tableName(this.name).item(item));
	}

	/** Takes a lock like the Go package; {@code false} when somebody holds it. */
	public boolean acquireLikeGo(String key) {
		try {
			this.client.putItem((put) -> put.tableName(this.name)
				.item(Map.of("LockID", AttributeValue.fromS(key)))
				.conditionExpression("attribute_not_exists(LockID)"));
			return true;
		}
		catch (ConditionalCheckFailedException ex) {
			return false;
		}
	}

	/** Releases a lock like the Go package, and as DynamoDB's time to live does. */
	public void delete(String key) {
		this.client
			.deleteItem((delete) -> delete.tableName(this.name).key(Map.of("LockID", AttributeValue.fromS(key))));
	}

}
