package io.dynlock.benchmarks.driver;

import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The algorithm of the Go package {@code go-commons/lock}, restated: looks at the table
 * before it acquires and before it releases, sleeps a fixed time between attempts,
 * releases by name.
 */
final class GoCommonsDriver extends PollingDriver {

	private final DynamoDbClient client;

	private final String table;

	GoCommonsDriver(Clients clients, DriverSettings settings) {
		super(settings.pause());
		this.client = clients.sync();
		this.table = settings.table();
	}

	@Override
	public Held acquire(String key) throws InterruptedException {
		describeTable();
		return super.acquire(key);
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		try {
			this.client.putItem((put) -> put.tableName(this.table)
				.item(Map.of("LockID", AttributeValue.fromS(key)))
				.conditionExpression("attribute_not_exists(LockID)"));
		}
		catch (ConditionalCheckFailedException ex) {
			return Optional.empty();
		}
		return Optional.of(() -> release(key));
	}

	private void release(String key) {
		describeTable();
		this.client
			.deleteItem((delete) -> delete.tableName(this.table).key(Map.of("LockID", AttributeValue.fromS(key))));
	}

	private void describeTable() {
		this.client.describeTable((describe) -> describe.tableName(this.table));
	}

	@Override
	public void close() {
		this.client.close();
	}

}
