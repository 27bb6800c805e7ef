package io.dynlock.aop;

import java.util.List;
import java.util.Optional;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockOptions;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that use other locks than those of the application.
 */
@Timeout(60)
class NamedClientTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
		.withUserConfiguration(Clients.class)
		.withPropertyValues("test.client=eu");

	@Test
	void aClientIsFoundByItsQualifierOrItsName() {
		this.runner.withBean(Jobs.class).run((context) -> {
			Jobs jobs = context.getBean(Jobs.class);
			assertThat(jobs.byQualifier()).containsExactly(false, true, false);
			assertThat(jobs.byName()).containsExactly(false, false, true);
			assertThat(jobs.byNobody()).containsExactly(true, false, false);
		});
	}

	@Test
	void theClientOfTheApplicationIsCalledDefault() {
		this.runner.withBean(Jobs.class)
			.run((context) -> assertThat(context.getBean(Jobs.class).byDefault()).containsExactly(true, false, false));
	}

	@Test
	void aBeanThatIsCalledDefaultIsMeantWhereThereIsOne() {
		this.runner.withBean(Jobs.class)
			.withUserConfiguration(CalledDefault.class)
			.run((context) -> assertThat(context.getBean(Jobs.class).byDefault()).containsExactly(false, true, false));
	}

	@Test
	void itsOptionsApplyWhereTheAnnotationSaysNothing() {
		this.runner.withBean(Jobs.class)
			.run((context) -> assertThat(context.getBean(Jobs.class).noteOfEu()).contains("of eu-table"));
	}

	@Test
	void anUnknownClientEndsTheStartUpAndThoseThatThereAreAreNamed() {
		FailureAnalysis analysis = StartUpFailures.of(this.runner.withBean(OfAnUnknownClient.class));
		assertThat(analysis.getDescription())
			.contains(
					"The attribute client = \"au\" of @WithDistributedLock on OfAnUnknownClient.run() cannot be used:")
			.contains("there are [europeanLocks, locks, usLocks]");
	}

	static class Jobs {

		private final DistributedLockOperations locks;

		private final DistributedLockOperations eu;

		private final DistributedLockOperations us;

		Jobs(DistributedLockOperations locks, @Qualifier("eu") DistributedLockOperations eu,
				@Qualifier("usLocks") DistributedLockOperations us) {
			this.locks = locks;
			this.eu = eu;
			this.us = us;
		}

		@WithDistributedLock(name = "job", client = "${test.client}")
		public List<Boolean> byQualifier() {
			return held();
		}

		@WithDistributedLock(name = "job", client = "usLocks")
		public List<Boolean> byName() {
			return held();
		}

		@WithDistributedLock(name = "job")
		public List<Boolean> byNobody() {
			return held();
		}

		@WithDistributedLock(name = "job", client = "default")
		public List<Boolean> byDefault() {
			return held();
		}

		@WithDistributedLock(name = "noted", client = "eu")
		public Optional<String> noteOfEu() {
			return this.eu.status(LockContext.current().key()).note();
		}

		private List<Boolean> held() {
			return List.of(this.locks.status("job").isHeld(), this.eu.status("job").isHeld(),
					this.us.status("job").isHeld());
		}

	}

	static class OfAnUnknownClient {

		@WithDistributedLock(name = "job", client = "au")
		public void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CalledDefault {

		@Bean
		@Qualifier("default")
		DistributedLockTemplate called(DynamoDbClient client) {
			return DistributedLockTemplate.builder(client).table("eu-table").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		DynamoDbClient client() {
			return DynamoDbClient.builder()
				.endpointOverride(SharedDynamoDb.endpoint())
				.region(Region.US_EAST_1)
				.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
				.build();
		}

		@Bean
		@Primary
		DistributedLockTemplate locks(DynamoDbClient client) {
			return template(client, "default-table");
		}

		@Bean
		@Qualifier("eu")
		DistributedLockTemplate europeanLocks(DynamoDbClient client) {
			return template(client, "eu-table");
		}

		@Bean
		DistributedLockTemplate usLocks(DynamoDbClient client) {
			return template(client, "us-table");
		}

		private static DistributedLockTemplate template(DynamoDbClient client, String table) {
			return DistributedLockTemplate.builder(client)
				.table(table)
				.options(LockOptions.builder().note("of " + table).build())
				.build();
		}

	}

}
