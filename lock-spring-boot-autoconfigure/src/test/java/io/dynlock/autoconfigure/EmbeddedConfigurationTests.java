package io.dynlock.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

import com.sun.net.httpserver.HttpServer;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.embedded.EmbeddedDynamoDb;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedConfigurationTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.bareContextRunner()
		.withPropertyValues("dynlock.embedded.enabled=true");

	@Nested
	class Starting {

		@Test
		void listensOnTheLoopbackAddressAndNeedsNoAccount(CapturedOutput output) {
			EmbeddedConfigurationTests.this.runner.run((context) -> {
				URI endpoint = context.getBean(EmbeddedServer.class).endpoint();
				assertThat(InetAddress.getByName(endpoint.getHost()).isLoopbackAddress()).isTrue();
				assertThat(endpoint.getPort()).isPositive();
				assertThat(context.getBean(DynamoDbClient.class).serviceClientConfiguration().endpointOverride())
					.hasValue(endpoint);
				assertThat(context.getBean(DistributedLockTemplate.class).tryAcquire("key")).isPresent();
				assertThat(output).contains("WARN",
						"Locks are in DynamoDB Local inside this application, at " + endpoint,
						"for development and tests only");
			});
		}

		@Test
		void usesTheConfiguredPort() throws IOException {
			int port = freePort();
			EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.embedded.port=" + port)
				.run((context) -> assertThat(context.getBean(EmbeddedServer.class).endpoint()).hasPort(port));
		}

		@Test
		void isThereForNamedClientsToo() {
			EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.clients.orders.table=orders")
				.run((context) -> assertThat(
						context.getBean("distributedLockTemplate-orders", DistributedLockTemplate.class)
							.tryAcquire("key"))
					.isPresent());
		}

		@Test
		void closesWithTheContext() throws IOException {
			int port = freePort();
			ApplicationContextRunner onPort = EmbeddedConfigurationTests.this.runner
				.withPropertyValues("dynlock.embedded.port=" + port);
			onPort.run((context) -> context.getBean(DistributedLockTemplate.class).acquire("key"));
			onPort.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).status("key").version())
				.isEmpty());
		}

		@Test
		void isNotThereUnlessSwitchedOn() {
			SharedDynamoDb.offlineContextRunner()
				.withPropertyValues("dynlock.embedded.enabled=false")
				.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedServer.class));
		}

	}

	@Nested
	class Reuse {

		@Test
		void twoApplicationsOnOneServerExcludeEachOther(CapturedOutput output) throws IOException {
			ApplicationContextRunner onPort = EmbeddedConfigurationTests.this.runner
				.withPropertyValues("dynlock.embedded.port=" + freePort(), "dynlock.embedded.reuse=true");
			onPort.run((first) -> {
				Lease lease = first.getBean(DistributedLockTemplate.class).acquire("key");
				onPort.run((second) -> {
					assertThat(output).contains("Locks are in the DynamoDB Local of another process on this host, at "
							+ first.getBean(EmbeddedServer.class).endpoint());
					assertThat(second.getBean(DistributedLockTemplate.class).tryAcquire("key")).isEmpty();
					lease.release();
					assertThat(second.getBean(DistributedLockTemplate.class).tryAcquire("key")).isPresent();
				});
			});
		}

		@Test
		void isNotThatOfAnyFreePort(CapturedOutput output) {
			EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.embedded.reuse=true")
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(output).contains("No other process shares it, although dynlock.embedded.reuse is true: set"
					+ " dynlock.embedded.port");
		}

		@Test
		void theServerOfAnotherStaysWhenThisContextCloses() {
			try (EmbeddedDynamoDb other = EmbeddedDynamoDb.start()) {
				ApplicationContextRunner onPort = EmbeddedConfigurationTests.this.runner
					.withPropertyValues("dynlock.embedded.port=" + other.port(), "dynlock.embedded.reuse=true");
				onPort.run((context) -> context.getBean(DistributedLockTemplate.class).acquire("key").close());
				onPort
					.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).status("key").version())
						.isPresent());
			}
		}

	}

	@Nested
	class Refusals {

		@Test
		void withoutTheModule() {
			FailureAnalysis analysis = StartUpFailures.of(EmbeddedConfigurationTests.this.runner
				.withClassLoader(new FilteredClassLoader("io.dynlock.embedded")));
			assertThat(analysis.getDescription())
				.isEqualTo("dynlock.embedded.enabled is true, but DynamoDB Local is not on the class path.");
			assertThat(analysis.getAction()).contains("io.dynlock:lock-embedded");
		}

		@ParameterizedTest
		@CsvSource({ "dynlock.endpoint, http://localhost:8000", "dynlock.region, eu-west-1",
				"dynlock.clients.eu.endpoint, http://localhost:8000", "dynlock.clients.eu.region, eu-west-1",
				"spring.cloud.aws.region.static, eu-west-1", "spring.cloud.aws.endpoint, http://localhost:4566",
				"spring.cloud.aws.dynamodb.region, eu-west-1",
				"spring.cloud.aws.dynamodb.endpoint, http://localhost:4566", "AWS_EXECUTION_ENV, AWS_ECS_FARGATE" })
		void besideASignOfARealDynamoDb(String property, String value) {
			FailureAnalysis analysis = StartUpFailures
				.of(EmbeddedConfigurationTests.this.runner.withPropertyValues(property + "=" + value));
			assertThat(analysis.getDescription())
				.startsWith("dynlock.embedded.enabled is true, but %s is set to '%s'".formatted(property, value));
			assertThat(analysis.getAction()).contains("Remove dynlock.embedded.enabled", "or the other setting");
		}

		@ParameterizedTest
		@ValueSource(strings = { "dynlock.credentials.access-key", "dynlock.credentials.secret-key",
				"dynlock.credentials.session-token", "dynlock.credentials.profile",
				"dynlock.clients.eu.credentials.access-key", "dynlock.clients.eu.credentials.secret-key",
				"dynlock.clients.eu.credentials.session-token", "dynlock.clients.eu.credentials.profile" })
		void besideCredentialsWhichAreNotTold(String property) {
			FailureAnalysis analysis = StartUpFailures
				.of(EmbeddedConfigurationTests.this.runner.withPropertyValues(property + "=hush"));
			assertThat(analysis.getDescription())
				.startsWith("dynlock.embedded.enabled is true, but " + property + " is set: ")
				.doesNotContain("hush");
			assertThat(analysis.getAction()).contains("Remove dynlock.embedded.enabled", "or the other setting");
		}

		/** The client would have a connection of its own all the same. */
		@ParameterizedTest
		@ValueSource(strings = { "region", "credentials.profile" })
		void besideAnEmptySettingOfANamedClient(String property) {
			FailureAnalysis analysis = StartUpFailures
				.of(EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.clients.eu." + property + "="));
			assertThat(analysis.getDescription())
				.startsWith("dynlock.embedded.enabled is true, but dynlock.clients.eu." + property + " is set");
		}

		@Test
		void besideCredentialsOfANamedClientThatAreABean() {
			FailureAnalysis analysis = StartUpFailures
				.of(EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.clients.eu.table=other")
					.withUserConfiguration(CredentialsOfEu.class));
			assertThat(analysis.getDescription()).startsWith("dynlock.embedded.enabled is true, but the"
					+ " AwsCredentialsProvider 'credentialsOfEu' is for the client 'eu'");
		}

		@Test
		void besideABeanThatSaysWhereDynamoDbIs() {
			FailureAnalysis analysis = StartUpFailures.of(EmbeddedConfigurationTests.this.runner.withBean("place",
					DynlockConnectionDetails.class, () -> new DynlockConnectionDetails() {
					}));
			assertThat(analysis.getDescription()).startsWith("dynlock.embedded.enabled is true, but the application"
					+ " has the DynlockConnectionDetails 'place'");
		}

		/** The application may use them for other services of AWS. */
		@Test
		void notForCredentialsThatAreForNoNamedClient() {
			EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.clients.us.table=other")
				.withUserConfiguration(CredentialsOfEu.class)
				.run((context) -> assertThat(context).hasSingleBean(EmbeddedServer.class));
		}

		@Test
		void besideAClientOfTheApplication() {
			FailureAnalysis analysis = StartUpFailures.of(EmbeddedConfigurationTests.this.runner.withBean("theirs",
					DynamoDbClient.class, () -> mock(DynamoDbClient.class)));
			assertThat(analysis.getDescription())
				.startsWith("dynlock.embedded.enabled is true, but the application has the DynamoDbClient 'theirs'");
		}

		@Test
		void notForASettingThatIsEmpty() {
			EmbeddedConfigurationTests.this.runner
				.withPropertyValues("dynlock.endpoint=", "dynlock.credentials.profile=", "AWS_EXECUTION_ENV=")
				.run((context) -> assertThat(context).hasSingleBean(EmbeddedServer.class));
		}

		@Test
		void ofAPortThatIsTaken() throws IOException {
			try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				FailureAnalysis analysis = StartUpFailures.of(EmbeddedConfigurationTests.this.runner
					.withPropertyValues("dynlock.embedded.port=" + taken.getLocalPort()));
				assertThat(analysis.getDescription()).isEqualTo("The embedded DynamoDB Local cannot listen on port "
						+ taken.getLocalPort() + ": the port is taken.");
				assertThat(analysis.getAction()).contains("dynlock.embedded.port", "dynlock.embedded.reuse=true");
			}
		}

		@Test
		void toJoinAnHttpServerThatIsNoDynamoDb() throws IOException {
			HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			other.start();
			try {
				assertThat(joining(other.getAddress().getPort()).getDescription())
					.endsWith("something else than DynamoDB Local listens there.");
			}
			finally {
				other.stop(0);
			}
		}

		@Test
		@Timeout(20)
		void toJoinWhatNeverAnswers() throws IOException {
			try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
				assertThat(joining(mute.getLocalPort()).getDescription())
					.endsWith("something else than DynamoDB Local listens there.");
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { -1, 65536 })
		void ofAPortThatDoesNotExist(int port) {
			FailureAnalysis analysis = StartUpFailures
				.of(EmbeddedConfigurationTests.this.runner.withPropertyValues("dynlock.embedded.port=" + port));
			assertThat(analysis.getDescription()).contains("Invalid value '" + port + "'", "'dynlock.embedded.port'",
					"use 1 to 65535, or 0 for any free port");
		}

		private FailureAnalysis joining(int port) {
			return StartUpFailures.of(EmbeddedConfigurationTests.this.runner
				.withPropertyValues("dynlock.embedded.port=" + port, "dynlock.embedded.reuse=true"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CredentialsOfEu {

		@Bean(defaultCandidate = false)
		@Qualifier("eu")
		AwsCredentialsProvider credentialsOfEu() {
			return SharedDynamoDb.credentials();
		}

	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
