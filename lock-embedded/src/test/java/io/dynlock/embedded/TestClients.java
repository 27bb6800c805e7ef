package io.dynlock.embedded;

import java.util.Map;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A client of an {@link EmbeddedDynamoDb} and the table that the tests use.
 */
final class TestClients {

	static final String TABLE = "books";

	private TestClients() {
	}

	static DynamoDbClient clientOf(EmbeddedDynamoDb dynamoDb) {
		return DynamoDbClient.builder()
			.endpointOverride(dynamoDb.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
			.build();
	}

	static void createTable(DynamoDbClient client) {
		KeySchemaElement key = KeySchemaElement.builder().attributeName("title").keyType(KeyType.HASH).build();
		AttributeDefinition title = AttributeDefinition.builder()
			.attributeName("title")
			.attributeType(ScalarAttributeType.S)
			.build();
		client.createTable((table) -> table.tableName(TABLE)
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.keySchema(key)
			.attributeDefinitions(title));
	}

	static Map<String, AttributeValue> book(String title, int pages) {
		return Map.of("title", AttributeValue.fromS(title), "pages", AttributeValue.fromN(Integer.toString(pages)));
	}

	static Map<String, AttributeValue> key(String title) {
		return Map.of("title", AttributeValue.fromS(title));
	}

}
