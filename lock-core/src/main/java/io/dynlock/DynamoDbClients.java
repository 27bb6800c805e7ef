package io.dynlock;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Makes clients of the AWS SDK that suit locks, and fails at once, saying what to set,
 * when the region or the credentials are missing. Makes no request to DynamoDB.
 * <p>
 * Any other {@link DynamoDbClient} does too. Close clients when they are no longer
 * needed; {@link DistributedLockTemplate} leaves that to whoever made them.
 */
public final class DynamoDbClients {

	/** One attempt of a request; the SDK makes several within the request timeout. */
	private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

	private DynamoDbClients() {
	}

	/**
	 * A client with the region and the credentials of the environment, as the AWS SDK
	 * finds them.
	 * @return the client
	 * @throws LockConfigurationException if either is missing
	 */
	public static DynamoDbClient create() {
		return builder().build();
	}

	/** A builder that starts from what the environment says. */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds clients. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable String region;

		private @Nullable URI endpoint;

		private @Nullable AwsCredentialsProvider credentials;

		private Consumer<DynamoDbClientBuilder> customizer = (client) -> {
		};

		private Builder() {
		}

		/**
		 * The AWS region of the table. Defaults to what the environment says.
		 * @param region such as {@code eu-west-1}
		 */
		public Builder region(String region) {
			Arguments.check(region.matches("[a-z0-9-]{3,40}"), "region", region,
					"use the code of an AWS region, such as eu-west-1");
			this.region = region;
			return this;
		}

		/**
		 * Where DynamoDB is. Defaults to AWS's own endpoint in the region.
		 * @param endpoint with scheme and host
		 */
		public Builder endpoint(URI endpoint) {
			Arguments.check(endpoint.getScheme() != null && endpoint.getHost() != null, "endpoint", endpoint,
					"use a URI with scheme and host, such as http://localhost:8000");
			this.endpoint = endpoint;
			return this;
		}

		/**
		 * Who signs the requests. Defaults to the AWS SDK's own chain of environment,
		 * profile, container and instance.
		 * @param credentials the provider
		 */
		public Builder credentials(AwsCredentialsProvider credentials) {
			this.credentials = credentials;
			return this;
		}

		/**
		 * Signs with made-up credentials, and in a made-up region if none is set: for
		 * DynamoDB Local, which accepts any.
		 */
		public Builder local() {
			this.credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
			this.region = (this.region != null) ? this.region : "us-east-1";
			return this;
		}

		/**
		 * Changes the SDK's own builder, after everything else; several times, in this
		 * order. To keep what was configured, start from its
		 * {@code overrideConfiguration()}.
		 * @param customizer is given the SDK's builder
		 */
		public Builder customize(Consumer<DynamoDbClientBuilder> customizer) {
			this.customizer = this.customizer.andThen(customizer);
			return this;
		}

		/**
		 * The client.
		 * @throws LockConfigurationException if the region or the credentials are missing
		 */
		public DynamoDbClient build() {
			Region region = (this.region != null) ? Region.of(this.region) : regionOfEnvironment();
			AwsCredentialsProvider credentials = (this.credentials != null) ? this.credentials
					: DefaultCredentialsProvider.builder().build();
			verify(credentials);
			URI endpoint = this.endpoint;
			return DynamoDbClient.builder()
				.region(region)
				.credentialsProvider(credentials)
				.overrideConfiguration((configuration) -> configuration.apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
				.applyMutation((builder) -> {
					if (endpoint != null) {
						builder.endpointOverride(endpoint);
					}
				})
				.applyMutation(this.customizer)
				.build();
		}

		private static Region regionOfEnvironment() {
			try {
				return DefaultAwsRegionProviderChain.builder().build().getRegion();
			}
			catch (SdkException ex) {
				throw new LockConfigurationException("No AWS region is configured for the lock table.",
						"Set the region of the client (property dynlock.region), the environment variable AWS_REGION,"
								+ " or the region of the AWS profile.",
						ex);
			}
		}

		private static void verify(AwsCredentialsProvider credentials) {
			try {
				credentials.resolveCredentials();
			}
			catch (SdkException ex) {
				throw new LockConfigurationException("No AWS credentials could be found for the lock table.",
						"Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with AWS_PROFILE, run with an"
								+ " IAM role, or give the client credentials (properties dynlock.credentials.*, or a"
								+ " credentials provider).",
						ex);
			}
		}

	}

}
