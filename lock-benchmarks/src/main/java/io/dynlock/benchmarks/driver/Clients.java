package io.dynlock.benchmarks.driver;

import java.net.URI;
import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Makes the SDK's clients, all with the SDK's defaults.
 *
 * @param endpoint where the table is
 * @param interceptors see every request
 */
public record Clients(URI endpoint, List<ExecutionInterceptor> interceptors) {

	/**
	 * Clients whose requests are seen by interceptors.
	 * @param endpoint where the table is
	 * @param interceptors see every request
	 */
	public static Clients of(URI endpoint, ExecutionInterceptor... interceptors) {
		return new Clients(endpoint, List.of(interceptors));
	}

	/** A new synchronous client, to be closed by the caller. */
	public DynamoDbClient sync() {
		DynamoDbClientBuilder builder = DynamoDbClient.builder();
		return builder.endpointOverride(this.endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(credentials())
			.overrideConfiguration(configuration())
			.build();
	}

	/** A new asynchronous client, to be closed by the caller. */
	public DynamoDbAsyncClient async() {
		DynamoDbAsyncClientBuilder builder = DynamoDbAsyncClient.builder();
		return builder.endpointOverride(this.endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(credentials())
			.overrideConfiguration(configuration())
			.build();
	}

	private ClientOverrideConfiguration configuration() {
		return ClientOverrideConfiguration.builder().executionInterceptors(this.interceptors).build();
	}

	private static StaticCredentialsProvider credentials() {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
	}

}
