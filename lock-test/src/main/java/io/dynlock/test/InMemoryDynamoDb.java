package io.dynlock.test;

import java.net.URI;

import io.dynlock.DistributedLockTemplate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

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

	static final String DEFAULT_REGION = "us-east-1";

	static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create("memory", "memory"));

	private final MemoryHttpClient http;

	private final DynamoDbClient client;

	/** Creates an empty DynamoDB. */
	public InMemoryDynamoDb() {
		this(DEFAULT_REGION, new MemoryHttpClient(MemoryServer::new));
	}

	private InMemoryDynamoDb(String region, MemoryHttpClient http) {
		this.http = http;
		this.client = DynamoDbClient.builder()
			.endpointOverride(URI.create("http://dynamodb.invalid"))
			.region(Region.of(region))
			.applyMutation(this::redirect)
			.build();
	}

	/**
	 * A DynamoDB in which any table that is asked for is there, for locks.
	 * @param region the region of its client
	 */
	static InMemoryDynamoDb withEveryTable(String region) {
		return new InMemoryDynamoDb(region, new MemoryHttpClient(() -> new MemoryServer(true)));
	}

	/**
	 * Has a client that somebody else makes send its requests here.
	 * @param builder makes the client, in whatever region and with whatever endpoint
	 */
	void redirect(DynamoDbClientBuilder builder) {
		builder.credentialsProvider(CREDENTIALS)
			.overrideConfiguration(builder.overrideConfiguration()
				.copy((configuration) -> configuration.retryStrategy((strategy) -> strategy.maxAttempts(3))))
			.httpClientBuilder(null)
			.httpClient(this.http);
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
