package io.dynlock.benchmarks.driver;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Creates the tables, each with the key that its library wants.
 */
public final class LockTables {

	private LockTables() {
	}

	/**
	 * Creates a table.
	 * @param clients makes the SDK's client
	 * @param peer for whom
	 * @param table its name
	 */
	public static void create(Clients clients, Peer peer, String table) {
		try (DynamoDbClient client = clients.sync()) {
			client.createTable((create) -> create.tableName(table)
				.keySchema(KeySchemaElement.builder().attributeName(peer.hashKey()).keyType(KeyType.HASH).build())
				.attributeDefinitions(AttributeDefinition.builder()
					.attributeName(peer.hashKey())
					.attributeType(ScalarAttributeType.S)
					.build())
				.billingMode(BillingMode.PAY_PER_REQUEST));
		}
	}

}
