package io.dynlock.test;

import io.dynlock.autoconfigure.DynlockDynamoDbClientCustomizer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Puts the clients that are auto-configured into memory. Without an order, and so among
 * the last; among these, registered last.
 */
final class InMemoryClientCustomizer implements DynlockDynamoDbClientCustomizer {

	private final InMemoryDynamoDb dynamoDb;

	InMemoryClientCustomizer(InMemoryDynamoDb dynamoDb) {
		this.dynamoDb = dynamoDb;
	}

	@Override
	public void customize(String client, DynamoDbClientBuilder builder) {
		this.dynamoDb.redirect(builder);
	}

}
