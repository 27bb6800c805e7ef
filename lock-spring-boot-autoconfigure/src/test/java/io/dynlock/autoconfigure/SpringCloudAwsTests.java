package io.dynlock.autoconfigure;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.dynamodb.DynamoDbAutoConfiguration;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beside Spring Cloud AWS, whose client is used.
 */
@Timeout(60)
class SpringCloudAwsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DynlockAutoConfiguration.class, AwsAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				DynamoDbAutoConfiguration.class))
		.withPropertyValues("spring.cloud.aws.endpoint=" + SharedDynamoDb.endpoint(),
				"spring.cloud.aws.region.static=us-east-1", "spring.cloud.aws.credentials.access-key=theirs",
				"spring.cloud.aws.credentials.secret-key=any", "dynlock.table=beside-spring-cloud-aws");

	@Test
	void itsClientIsUsedAndNoOtherMade() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(DynamoDbClient.class).doesNotHaveBean("dynlockDynamoDbClient");
			context.getBean(DistributedLockTemplate.class)
				.executeWithoutResult("key",
						(lease) -> assertThat(context.getBean(DynamoDbClient.class)
							.describeTable((table) -> table.tableName("beside-spring-cloud-aws"))
							.table()
							.itemCount()).isNotNull());
		});
	}

	/** Whose client there is, is decided in this order. */
	@Test
	void dynlockComesAfterIt() {
		assertThat(DynlockAutoConfiguration.class.getAnnotation(AutoConfiguration.class).afterName())
			.contains(DynamoDbAutoConfiguration.class.getName());
	}

	@Test
	void itsCredentialsAreThoseOfNamedClientsToo() {
		this.runner.withPropertyValues("dynlock.clients.eu.region=eu-central-1")
			.run((context) -> assertThat(context.getBean("dynlockConnection-eu", ClientConnection.class)
				.client()
				.serviceClientConfiguration()
				.credentialsProvider()
				.resolveIdentity()
				.join()
				.accessKeyId()).isEqualTo("theirs"));
	}

	@Test
	void aRegionThatContradictsItIsRefused() {
		assertThat(StartUpFailures.of(this.runner.withPropertyValues("dynlock.region=eu-west-1")).getDescription())
			.startsWith("dynlock.region is 'eu-west-1', but locks would use the DynamoDbClient of the application");
	}

}
