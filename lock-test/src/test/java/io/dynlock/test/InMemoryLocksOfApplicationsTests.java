package io.dynlock.test;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockTableException;
import io.dynlock.MultiLock;
import io.dynlock.TableCreation;
import io.dynlock.TableOptions;
import io.dynlock.autoconfigure.DynlockConnectionDetails;
import io.dynlock.autoconfigure.DynlockDynamoDbClientCustomizer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The properties of {@link SpringBootTest} stand for an application's own.
 */
class InMemoryLocksOfApplicationsTests {

	/** Where nobody listens. */
	private static final String NOWHERE = "http://127.0.0.1:1";

	private static final AwsCredentialsProvider NO_CREDENTIALS = () -> {
		throw new IllegalStateException("There are no credentials");
	};

	private static void assertThatTheOtherProcessExcludes(DistributedLockOperations locks, OtherProcess other) {
		try (Lease elsewhere = other.acquire("job")) {
			assertThat(elsewhere.isValid()).isTrue();
			assertThat(locks.tryAcquire("job", Duration.ZERO)).isEmpty();
		}
		assertThatLocksWork(locks);
	}

	private static void assertThatLocksWork(DistributedLockOperations locks) {
		assertThat(locks.tryAcquire("job", Duration.ZERO)).hasValueSatisfying(Lease::release);
	}

	@Nested
	@SpringBootTest(classes = Application.class,
			properties = { "dynlock.region=eu-west-1", "dynlock.endpoint=" + NOWHERE,
					"dynlock.credentials.profile=of-nobody", "dynlock.request-timeout=2s" })
	@InMemoryLocks
	class WithAConnection {

		@Test
		void theLocksAreInMemory(@Autowired DistributedLockTemplate locks, @Autowired OtherProcess other) {
			assertThat(locks.tableId()).isEqualTo("eu-west-1/dynlock");
			assertThatTheOtherProcessExcludes(locks, other);
		}

		@Test
		void theInjectedDynamoDbHasTheTable(@Autowired DistributedLockTemplate locks,
				@Autowired InMemoryDynamoDb dynamoDb) {
			try (Lease lease = locks.acquire("job");
					DistributedLockTemplate others = DistributedLockTemplate.builder(dynamoDb.client()).build()) {
				assertThat(others.status("job").isHeld()).isEqualTo(lease.isValid());
			}
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, properties = "dynlock.embedded.enabled=true")
	@InMemoryLocks
	class WithAnEmbeddedServer {

		@Test
		void theLocksAreInMemory(@Autowired DistributedLockTemplate locks, @Autowired OtherProcess other) {
			assertThatTheOtherProcessExcludes(locks, other);
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class,
			properties = { "dynlock.table-creation.mode=none", "dynlock.clients.checked.table=checked",
					"dynlock.clients.checked.table-creation.mode=validate" })
	@InMemoryLocks
	class WithATableThatSomebodyElseCreates {

		@Test
		void theTableIsThere(@Autowired DistributedLockTemplate locks, @Autowired OtherProcess other) {
			assertThatTheOtherProcessExcludes(locks, other);
			assertThat(locks.list()).isEmpty();
		}

		@Test
		void aTableThatIsVerifiedIsThere(@Autowired @Qualifier("checked") DistributedLockTemplate locks) {
			assertThatLocksWork(locks);
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, TableOfItsOwn.class })
	@InMemoryLocks
	class WithTableOptions {

		@Test
		void theTableIsThere(@Autowired DistributedLockTemplate locks, @Autowired OtherProcess other) {
			assertThat(locks.tableOptions().creation()).isEqualTo(TableCreation.VALIDATE);
			assertThatTheOtherProcessExcludes(locks, other);
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, ClientOfItsOwn.class },
			properties = { "dynlock.region=us-west-2", "dynlock.clients.billing.table=billing",
					"dynlock.request-timeout=2s" })
	@InMemoryLocks
	class WithAClient {

		@Test
		void theLocksAreInMemory(@Autowired DistributedLockTemplate locks, @Autowired OtherProcess other) {
			assertThat(locks.tableId()).isEqualTo("us-west-2/dynlock");
			assertThatTheOtherProcessExcludes(locks, other);
		}

		@Test
		void namedClientsAreInMemory(@Autowired @Qualifier("billing") DistributedLockTemplate locks) {
			assertThat(locks.tableId()).isEqualTo("us-west-2/billing");
			assertThatLocksWork(locks);
		}

		@Test
		void theApplicationHasItsOwnClient(@Autowired DynamoDbClient client) {
			assertThat(client.serviceClientConfiguration().endpointOverride()).contains(URI.create(NOWHERE));
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class,
			properties = { "dynlock.clients.eu.region=eu-west-1", "dynlock.clients.us.endpoint=" + NOWHERE,
					"dynlock.clients.admin.credentials.profile=of-nobody", "dynlock.clients.admin.table=admin",
					"dynlock.request-timeout=2s" })
	@InMemoryLocks
	class WithNamedClientsThatAreApart {

		@Test
		void allAreInMemory(@Autowired @Qualifier("eu") DistributedLockTemplate eu,
				@Autowired @Qualifier("us") DistributedLockTemplate us,
				@Autowired @Qualifier("admin") DistributedLockTemplate admin) {
			assertThat(eu.tableId()).isEqualTo("eu-west-1/dynlock");
			assertThatLocksWork(eu);
			assertThat(us.tableId()).isEqualTo("us-east-1/dynlock");
			assertThatLocksWork(us);
			assertThat(admin.tableId()).isEqualTo("us-east-1/admin");
			assertThatLocksWork(admin);
		}

		@Test
		void regionsAreApart(@Autowired DistributedLockTemplate locks,
				@Autowired @Qualifier("eu") DistributedLockTemplate eu, @Autowired OtherProcess other) {
			try (Lease elsewhere = other.acquire("job")) {
				assertThat(elsewhere.isValid()).isTrue();
				assertThatLocksWork(eu);
			}
			MultiLock both = MultiLock.builder().add(locks, "job").add(eu, "job").build();
			both.executeWithoutResult((leases) -> assertThat(leases.isValid()).isTrue());
		}

		@Test
		void aDisconnectionIsOneOfAll(@Autowired DistributedLockTemplate locks,
				@Autowired @Qualifier("eu") DistributedLockTemplate eu, @Autowired InMemoryDynamoDb dynamoDb) {
			dynamoDb.disconnect();
			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> locks.tryAcquire("job"));
			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> eu.tryAcquire("job"));
			dynamoDb.reconnect();
			assertThatLocksWork(locks);
			assertThatLocksWork(eu);
		}

		@Test
		void clientsOfOneRegionShareATable(@Autowired @Qualifier("us") DistributedLockTemplate us,
				@Autowired OtherProcess other) {
			assertThatTheOtherProcessExcludes(us, other);
		}

	}

	@Nested
	@SpringBootTest(classes = { Application.class, ConnectionOfItsOwn.class },
			properties = { "dynlock.clients.eu.region=eu-west-1", "dynlock.request-timeout=2s" })
	@InMemoryLocks
	class WithBeansForTheConnection {

		@Test
		void theLocksAreInMemory(@Autowired DistributedLockTemplate locks, @Autowired OtherProcess other) {
			assertThatTheOtherProcessExcludes(locks, other);
		}

		@Test
		void namedClientsAreInMemory(@Autowired @Qualifier("eu") DistributedLockTemplate locks) {
			assertThatLocksWork(locks);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class TableOfItsOwn {

		@Bean
		TableOptions table() {
			return TableOptions.builder().table("of-the-application").creation(TableCreation.VALIDATE).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientOfItsOwn {

		@Bean
		DynamoDbClient applicationClient() {
			return DynamoDbClient.builder()
				.region(Region.EU_CENTRAL_1)
				.endpointOverride(URI.create(NOWHERE))
				.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectionOfItsOwn {

		@Bean
		AwsCredentialsProvider credentials() {
			return NO_CREDENTIALS;
		}

		@Bean
		DynlockConnectionDetails connection() {
			return new DynlockConnectionDetails() {

				@Override
				public Optional<URI> endpoint() {
					return Optional.of(URI.create(NOWHERE));
				}

			};
		}

		@Bean
		@Qualifier("eu")
		DynlockConnectionDetails euConnection() {
			return connection();
		}

		@Bean
		DynlockDynamoDbClientCustomizer http() {
			MemoryHttpClient disconnected = new MemoryHttpClient(MemoryServer::new);
			disconnected.connected(false);
			return (client, builder) -> builder.credentialsProvider(NO_CREDENTIALS)
				.httpClientBuilder((defaults) -> disconnected);
		}

	}

}
