package io.dynlock;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of the SDK that suit locks. None of them makes a request here.
 */
class DynamoDbClientsTests {

	private static DynamoDbServiceClientConfiguration facts(DynamoDbClient client) {
		try (client) {
			return client.serviceClientConfiguration();
		}
	}

	private static String accessKey(DynamoDbServiceClientConfiguration facts) {
		return facts.credentialsProvider()
			.resolveIdentity()
			.thenApply(AwsCredentialsIdentity.class::cast)
			.join()
			.accessKeyId();
	}

	@Test
	void areMadeOfWhatTheEnvironmentSays() {
		try (SystemProperties properties = new SystemProperties().set("aws.region", "eu-central-1")
			.set("aws.accessKeyId", "of-the-environment")
			.set("aws.secretAccessKey", "secret")) {
			assertThat(properties).isNotNull();

			DynamoDbServiceClientConfiguration facts = facts(DynamoDbClients.create());

			assertThat(facts.region()).isEqualTo(Region.EU_CENTRAL_1);
			assertThat(facts.endpointOverride()).isEmpty();
			assertThat(accessKey(facts)).isEqualTo("of-the-environment");
		}
	}

	@Test
	void areMadeOfWhatTheyAreTold() {
		AwsCredentialsProvider credentials = StaticCredentialsProvider
			.create(AwsBasicCredentials.create("mine", "secret"));

		DynamoDbServiceClientConfiguration facts = facts(DynamoDbClients.builder()
			.region("eu-west-1")
			.endpoint(URI.create("http://localhost:8000"))
			.credentials(credentials)
			.build());

		assertThat(facts.region()).isEqualTo(Region.EU_WEST_1);
		assertThat(facts.endpointOverride()).contains(URI.create("http://localhost:8000"));
		assertThat(accessKey(facts)).isEqualTo("mine");
	}

	@Test
	void giveUpAnAttemptSoonEnoughForAnother() {
		assertThat(facts(DynamoDbClients.builder().local().build()).overrideConfiguration().apiCallAttemptTimeout())
			.contains(Duration.ofSeconds(2));
	}

	@Test
	void needNothingForALocalDynamoDb() {
		DynamoDbServiceClientConfiguration facts = facts(DynamoDbClients.builder().local().build());

		assertThat(facts.region()).isEqualTo(Region.US_EAST_1);
		assertThat(accessKey(facts)).isEqualTo("local");
		assertThat(facts(DynamoDbClients.builder().region("eu-west-1").local().build()).region())
			.isEqualTo(Region.EU_WEST_1);
	}

	@Test
	void areChangedInTheEndInOrder() {
		List<String> changes = new ArrayList<>();

		DynamoDbServiceClientConfiguration facts = facts(DynamoDbClients.builder().customize((client) -> {
			changes.add("first");
			client.region(Region.US_WEST_1);
		}).customize((client) -> {
			changes.add("second");
			client.region(Region.US_WEST_2);
		}).local().build());

		assertThat(changes).containsExactly("first", "second");
		assertThat(facts.region()).isEqualTo(Region.US_WEST_2);
	}

}
