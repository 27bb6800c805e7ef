package io.dynlock.testing;

import java.net.URI;

import io.dynlock.embedded.EmbeddedDynamoDb;

/**
 * One DynamoDB Local for all tests of this JVM, started when first needed, because
 * starting it takes longer than most tests. It ends with the JVM.
 */
public final class SharedDynamoDb {

	private SharedDynamoDb() {
	}

	/** Where it listens. */
	public static URI endpoint() {
		return Holder.INSTANCE.endpoint();
	}

	private static final class Holder {

		static final EmbeddedDynamoDb INSTANCE = EmbeddedDynamoDb.start();

	}

}
