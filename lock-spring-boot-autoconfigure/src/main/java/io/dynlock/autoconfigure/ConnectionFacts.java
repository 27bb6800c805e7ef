package io.dynlock.autoconfigure;

import java.net.URI;
import java.util.Optional;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

/**
 * Where a client of the SDK says that it goes to. A mock of one says nothing.
 *
 * @param region the region
 * @param endpoint the endpoint, where it is not that of the region
 */
record ConnectionFacts(Optional<String> region, Optional<URI> endpoint) {

	static ConnectionFacts of(DynamoDbClient client) {
		Optional<DynamoDbServiceClientConfiguration> configuration = Optional
			.ofNullable(client.serviceClientConfiguration());
		return new ConnectionFacts(
				configuration.flatMap((facts) -> Optional.ofNullable(facts.region())).map(Region::id),
				configuration.flatMap(DynamoDbServiceClientConfiguration::endpointOverride));
	}

	/** For people; without what a URI may say of users and passwords. */
	@Override
	public String toString() {
		return "region " + this.region.orElse("unknown") + ", endpoint "
				+ this.endpoint.map(ConnectionFacts::withoutSecrets).orElse("of the region");
	}

	private static String withoutSecrets(URI uri) {
		return uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() >= 0) ? ":" + uri.getPort() : "");
	}

}
