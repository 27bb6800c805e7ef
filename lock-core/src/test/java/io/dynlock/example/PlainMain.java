package io.dynlock.example;

import java.net.URI;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Locks without a framework.
 */
public final class PlainMain {

	private PlainMain() {
	}

	/**
	 * Deploys, while nobody else does.
	 * @param args where DynamoDB is; with AWS, leave out {@code endpoint} and
	 * {@code local}
	 */
	public static void main(String[] args) {
		try (DynamoDbClient client = DynamoDbClients.builder().endpoint(URI.create(args[0])).local().build();
				DistributedLockTemplate locks = DistributedLockTemplate.builder(client)
					.table("plain-locks")
					.application("deployer")
					.build()) {

			String receipt = locks.execute("deployment:prod", (lease) -> deploy("prod", lease.fencingToken()));

			System.out.println(receipt);
		}
	}

	private static String deploy(String environment, long fencingToken) {
		return "Deployed to " + environment + " under token " + fencingToken;
	}

}
