package io.dynlock.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What beans of the application change about clients, and what is said of them.
 */
class ConnectionTests {

	private static AwsCredentialsProvider credentials(String key) {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "hush"));
	}

	private static DynamoDbClient clientOf(ApplicationContext context, String name) {
		return context.getBean("dynlockConnection-" + name, ClientConnection.class).client();
	}

	private static DynamoDbClient applicationsClient() {
		return DynamoDbClient.builder().region(Region.EU_WEST_1).credentialsProvider(credentials("theirs")).build();
	}

	@Nested
	class Details {

		/** As a container of a test would be: nothing else says where it is. */
		@Test
		void areEnoughToReachATable() {
			SharedDynamoDb.bareContextRunner()
				.withBean(DynlockConnectionDetails.class,
						() -> new Place(Optional.of("us-east-1"), Optional.of(SharedDynamoDb.endpoint()),
								Optional.of(credentials("any"))))
				.withPropertyValues("dynlock.table=details", "dynlock.clients.other.table=details-of-another")
				.run((context) -> {
					assertThat(context.getBean(DistributedLockTemplate.class).tryAcquire("key")).isPresent();
					assertThat(context.getBean("distributedLockTemplate-other", DistributedLockTemplate.class)
						.tryAcquire("key")).isPresent();
				});
		}

		@Test
		void areUsedInPlaceOfThePropertiesOfEveryClientAndLeaveOutWhatTheyDoNotSay() {
			SharedDynamoDb.offlineContextRunner()
				.withBean(DynlockConnectionDetails.class,
						() -> new Place(Optional.empty(), Optional.of(URI.create("http://localhost:2")),
								Optional.empty()))
				.withPropertyValues("dynlock.endpoint=http://localhost:1",
						"dynlock.clients.eu.endpoint=http://localhost:3", "dynlock.clients.eu.region=eu-west-1")
				.run((context) -> {
					assertThat(ConnectionFacts.of(context.getBean(DynamoDbClient.class))).isEqualTo(new ConnectionFacts(
							Optional.of("us-east-1"), Optional.of(URI.create("http://localhost:2"))));
					assertThat(ConnectionFacts.of(clientOf(context, "eu"))).isEqualTo(new ConnectionFacts(
							Optional.of("eu-west-1"), Optional.of(URI.create("http://localhost:2"))));
				});
		}

		@Test
		void withTheNameOfAClientAreForThatClient() {
			SharedDynamoDb.offlineContextRunner()
				.withUserConfiguration(PlaceOfEu.class)
				.withPropertyValues("dynlock.clients.eu.table=other")
				.run((context) -> {
					assertThat(ConnectionFacts.of(clientOf(context, "eu")).endpoint())
						.hasValue(URI.create("http://localhost:4"));
					assertThat(ConnectionFacts.of(context.getBean(DynamoDbClient.class)).endpoint()).isEmpty();
				});
		}

	}

	@Nested
	class Customizers {

		@Test
		void changeTheClientsOfTheSdkAndKnowWhoseTheyAre() {
			List<String> customized = new ArrayList<>();
			SharedDynamoDb.offlineContextRunner()
				.withPropertyValues("dynlock.clients.eu.region=eu-west-1", "dynlock.clients.shared.table=other")
				.withBean(DynlockDynamoDbClientCustomizer.class, () -> (client, builder) -> {
					customized.add(client);
					builder.overrideConfiguration(
							builder.overrideConfiguration().toBuilder().apiCallTimeout(Duration.ofSeconds(7)).build());
				})
				.run((context) -> {
					assertThat(customized).containsExactlyInAnyOrder("default", "eu");
					assertThat(clientOf(context, "eu").serviceClientConfiguration().overrideConfiguration())
						.satisfies((configuration) -> {
							assertThat(configuration.apiCallTimeout()).hasValue(Duration.ofSeconds(7));
							assertThat(configuration.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(2));
						});
				});
		}

		@Test
		void changeTheOptionsOfEachClient() {
			SharedDynamoDb.offlineContextRunner()
				.withPropertyValues("dynlock.clients.eu.table=other", "dynlock.lease.duration=9s")
				.withBean(DynlockLockOptionsCustomizer.class, () -> (client, options) -> options.note("by " + client))
				.run((context) -> {
					assertThat(context.getBean(LockOptions.class).note()).hasValue("by default");
					assertThat(context.getBean("distributedLockTemplate-eu", DistributedLockTemplate.class).options())
						.satisfies((options) -> {
							assertThat(options.note()).hasValue("by eu");
							assertThat(options.leaseDuration()).isEqualTo(Duration.ofSeconds(9));
						});
				});
		}

		@Test
		void changeTheTableOptionsOfEachClientInTheirOrder() {
			SharedDynamoDb.offlineContextRunner()
				.withPropertyValues("dynlock.clients.eu.table=other", "dynlock.retention=9d")
				.withBean("second", DynlockTableOptionsCustomizer.class,
						() -> ordered(2, (client, options) -> options.tags(Map.of("of", client))))
				.withBean("first", DynlockTableOptionsCustomizer.class,
						() -> ordered(1, (client, options) -> options.tags(Map.of("of", "nobody"))))
				.run((context) -> {
					assertThat(context.getBean(TableOptions.class).tags()).containsExactly(Map.entry("of", "default"));
					assertThat(
							context.getBean("distributedLockTemplate-eu", DistributedLockTemplate.class).tableOptions())
						.satisfies((options) -> {
							assertThat(options.tags()).containsExactly(Map.entry("of", "eu"));
							assertThat(options.table()).isEqualTo("other");
							assertThat(options.retention()).isEqualTo(Duration.ofDays(9));
						});
				});
		}

		@Test
		void leaveTheTableOptionsOfTheApplicationAlone() {
			SharedDynamoDb.offlineContextRunner()
				.withBean(TableOptions.class, TableOptions::withDefaults)
				.withBean(DynlockTableOptionsCustomizer.class,
						() -> (client, options) -> options.tags(Map.of("of", client)))
				.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).tableOptions().tags())
					.isEmpty());
		}

		private static DynlockTableOptionsCustomizer ordered(int order, DynlockTableOptionsCustomizer customizer) {
			return new OrderedCustomizer(order, customizer);
		}

		private record OrderedCustomizer(int getOrder,
				DynlockTableOptionsCustomizer customizer) implements DynlockTableOptionsCustomizer, Ordered {

			@Override
			public void customize(String client, TableOptions.Builder options) {
				this.customizer.customize(client, options);
			}

		}

	}

	@Nested
	class ClientOfTheApplication {

		private final ApplicationContextRunner runner = SharedDynamoDb.bareContextRunner()
			.withBean("theirs", DynamoDbClient.class, ConnectionTests::applicationsClient);

		@ParameterizedTest
		@CsvSource({ "dynlock.region, us-east-1, dynlock.region is 'us-east-1'",
				"dynlock.endpoint, http://localhost:1, dynlock.endpoint is set",
				"dynlock.credentials.profile, other, dynlock.credentials are set" })
		void isNotUsedWhereItContradictsTheProperties(String property, String value, String problem) {
			FailureAnalysis analysis = StartUpFailures.of(this.runner.withPropertyValues(property + "=" + value));
			assertThat(analysis.getDescription()).startsWith(problem + ", but")
				.contains("DynamoDbClient of the application", "region eu-west-1, endpoint of the region");
			assertThat(analysis.getAction()).contains("Remove the setting", "dynlock.clients");
		}

		@Test
		void isNotUsedWhereItContradictsTheRegionOfABean() {
			FailureAnalysis analysis = StartUpFailures.of(this.runner.withBean(DynlockConnectionDetails.class,
					() -> new Place(Optional.of("us-east-1"), Optional.empty(), Optional.empty())));
			assertThat(analysis.getDescription())
				.startsWith("The DynlockConnectionDetails bean gives a region, 'us-east-1', but locks")
				.contains("region eu-west-1, endpoint of the region");
			assertThat(analysis.getAction())
				.startsWith("Have the bean leave it out, or remove the bean, or make the application's client agree");
		}

		@Test
		void isNotUsedWhereItContradictsTheEndpointOfABean() {
			FailureAnalysis analysis = StartUpFailures.of(this.runner.withPropertyValues("dynlock.region=eu-west-1")
				.withBean(DynlockConnectionDetails.class, () -> new Place(Optional.empty(),
						Optional.of(URI.create("http://user:hush@localhost:1")), Optional.empty())));
			assertThat(analysis.getDescription())
				.startsWith("The DynlockConnectionDetails bean gives an endpoint, but locks")
				.doesNotContain("hush");
			assertThat(analysis.getAction()).startsWith("Have the bean leave it out");
		}

		@Test
		void isUsedWhereASettingIsEmpty() {
			this.runner.withPropertyValues("dynlock.credentials.profile=")
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DynamoDbClient.class));
		}

		@Test
		void isUsedWhereItAgreesWithThem() {
			this.runner.withPropertyValues("dynlock.region=eu-west-1")
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DynamoDbClient.class));
		}

		@Test
		void isUsedBesideNamedClientsElsewhere() {
			this.runner.withPropertyValues("dynlock.clients.us.region=us-east-1",
					"dynlock.clients.us.credentials.access-key=any", "dynlock.clients.us.credentials.secret-key=any")
				.run((context) -> assertThat(ConnectionFacts.of(clientOf(context, "us")).region())
					.hasValue("us-east-1"));
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class Log {

		private final LoggingSystem logging = LoggingSystem.get(ConnectionTests.class.getClassLoader());

		@BeforeEach
		void logAsByDefault() {
			this.logging.setLogLevel(LockClientFactory.class.getName(), LogLevel.INFO);
		}

		@AfterEach
		void logAsInOtherTests() {
			this.logging.setLogLevel(LockClientFactory.class.getName(), null);
		}

		@Test
		void saysOfEachClientInOneLineWhatItUsesAndTellsNoSecrets(CapturedOutput output) {
			SharedDynamoDb.bareContextRunner()
				.withPropertyValues("dynlock.region=eu-west-1", "dynlock.credentials.access-key=hush-key",
						"dynlock.credentials.secret-key=hush", "dynlock.clients.us.region=us-east-1",
						"dynlock.clients.us.table=of-us", "dynlock.clients.us.lease.mode=fixed",
						"dynlock.clients.us.endpoint=http://user:hush@localhost:8000/path")
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(output.getOut().lines().filter((line) -> line.contains("Lock client")))
				.anySatisfy((line) -> assertThat(line).contains("INFO")
					.endsWith("Lock client 'default': table 'dynlock', region eu-west-1, endpoint of the region,"
							+ " lease PT30S (RENEWED)"))
				.anySatisfy((line) -> assertThat(line)
					.endsWith("Lock client 'us': table 'of-us', region us-east-1, endpoint http://localhost:8000,"
							+ " lease PT30S (FIXED)"))
				.hasSize(2);
			assertThat(output.getAll()).doesNotContain("hush");
		}

	}

	record Place(Optional<String> region, Optional<URI> endpoint,
			Optional<AwsCredentialsProvider> credentials) implements DynlockConnectionDetails {

	}

	@Configuration(proxyBeanMethods = false)
	static class PlaceOfEu {

		@Bean(defaultCandidate = false)
		@Qualifier("eu")
		DynlockConnectionDetails placeOfEu() {
			return new Place(Optional.empty(), Optional.of(URI.create("http://localhost:4")), Optional.empty());
		}

	}

}
