package io.dynlock.autoconfigure;

import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * A bean that changes the clients of the AWS SDK which are auto-configured, for example
 * their HTTP client or retries, after the properties were applied. Several are applied in
 * their order. Clients of the application are left alone.
 */
@FunctionalInterface
public interface DynlockDynamoDbClientCustomizer {

	/**
	 * Changes a client before it is built. What was configured already is to be had from
	 * {@code builder.overrideConfiguration()}; setting another such configuration
	 * replaces it as a whole.
	 * @param client the name of the lock client that it is made for, {@code default} or
	 * one of {@code dynlock.clients}; a lock client without a connection of its own uses
	 * that of the default one
	 * @param builder the builder of the SDK's client
	 */
	void customize(String client, DynamoDbClientBuilder builder);

}
