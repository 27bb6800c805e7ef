package io.dynlock.test;

import java.net.URI;

import io.dynlock.DistributedLockTemplate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * As much of a DynamoDB as locks need, in memory, below the real client of the AWS SDK. A
 * {@link DistributedLockTemplate} on {@link #client()} is the real one: it renews, loses,
 * hands on and counts tokens as in production, without a server and without a request
 * leaving the JVM. It knows one table key and the expressions of locks; code that uses
 * DynamoDB for more needs DynamoDB Local.
 * <p>
 * Thread-safe.
 */
public final class InMemoryDynamoDb implements AutoCloseable {

	private final MemoryHttpClient http = new MemoryHttpClient(new MemoryServer());

	private final DynamoDbClient client = DynamoDbClient.builder()
		.endpointOverride(URI.create("http://dynamodb.invalid"))
		.region(Region.US_EAST_1)
		.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("memory", "memory")))
		.overrideConfiguration((configuration) -> configuration.retryStrategy((strategy) -> strategy.maxAttempts(3)))
		.httpClient(this.http)
		.build();

	/** Creates an empty DynamoDB. */
	public InMemoryDynamoDb() {
	}

	/**
	 * A client for it, which several templates may share.
	 * @return the client, closed with this object
	 */
	public DynamoDbClient client() {
		return this.client;
	}

	/**
	 * From now on no request gets through, until {@link #reconnect()}: leases that are
	 * not renewed meanwhile are lost when they run out.
	 */
	public void disconnect() {
		this.http.connected(false);
	}

	/** Requests get through again. */
	public void reconnect() {
		this.http.connected(true);
	}

	/** Closes the client. */
	@Override
	public void close() {
		this.client.close();
	}

}
