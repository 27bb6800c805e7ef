package io.dynlock;

import java.net.URI;

import io.dynlock.testing.SharedDynamoDb;

/**
 * The contract on Amazon's DynamoDB Local.
 */
class LocalLockContractTests extends LockContractTests {

	@Override
	URI endpoint() {
		return SharedDynamoDb.endpoint();
	}

}
