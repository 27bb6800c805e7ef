package io.dynlock.autoconfigure;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The SDK's client of a named client. Not a bean of the SDK's type itself, so that the
 * application still has but one of these.
 */
final class ClientConnection implements AutoCloseable {

	private final DynamoDbClient client;

	private final boolean own;

	private ClientConnection(DynamoDbClient client, boolean own) {
		this.client = client;
		this.own = own;
	}

	static ClientConnection own(DynamoDbClient client) {
		return new ClientConnection(client, true);
	}

	static ClientConnection shared(DynamoDbClient client) {
		return new ClientConnection(client, false);
	}

	DynamoDbClient client() {
		return this.client;
	}

	@Override
	public void close() {
		if (this.own) {
			this.client.close();
		}
	}

}
