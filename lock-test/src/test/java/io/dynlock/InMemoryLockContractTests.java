package io.dynlock;

import java.io.IOException;
import java.net.URI;

import io.dynlock.test.HttpFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on the DynamoDB in memory, which for this purpose listens on a port.
 */
class InMemoryLockContractTests extends LockContractTests {

	private static HttpFront front;

	@BeforeAll
	static void start() throws IOException {
		front = HttpFront.start();
	}

	@AfterAll
	static void stop() {
		front.close();
	}

	@Override
	URI endpoint() {
		return front.endpoint();
	}

}
