package io.dynlock.embedded;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A program that uses an {@link EmbeddedDynamoDb} and must print nothing.
 */
final class QuietProgram {

	private QuietProgram() {
	}

	public static void main(String[] args) {
		try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
				DynamoDbClient client = TestClients.clientOf(dynamoDb)) {
			TestClients.createTable(client);
			client.putItem((put) -> put.tableName(TestClients.TABLE).item(TestClients.book("Emma", 474)));
			try {
				client.putItem((put) -> put.tableName(TestClients.TABLE)
					.item(TestClients.book("Emma", 1))
					.conditionExpression("attribute_not_exists(title)"));
				throw new IllegalStateException("The condition must fail");
			}
			catch (ConditionalCheckFailedException ex) {
				// as it must
			}
			client.scan((scan) -> scan.tableName(TestClients.TABLE));
		}
	}

}
