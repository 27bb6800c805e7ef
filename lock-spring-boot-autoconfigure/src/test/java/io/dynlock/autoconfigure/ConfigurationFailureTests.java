package io.dynlock.autoconfigure;

import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What is said about each mistake. An application that does not start is to say what is
 * wrong, where, and what to do about it, not to show a stack trace.
 */
class ConfigurationFailureTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner();

	@Nested
	class Values {

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				dynlock.lease.duration                | 5ms          | use at least PT0.3S
				dynlock.lease.duration                | 400d         | use at most PT8760H, or the lease mode PERMANENT
				dynlock.lease.min-hold                | -1s          | use zero or a positive duration
				dynlock.wait-timeout                  | 40000d       | use at most 36500 days
				dynlock.max-retries                   | -2           | use 0 for a single attempt
				dynlock.sleep-between-retries         | 0s           | use a positive duration
				dynlock.max-sleep-between-retries     | -3s          | use a positive duration
				dynlock.table                         | a b          | use 3 to 255 letters
				dynlock.table                         | ''           | use 3 to 255 letters
				dynlock.retention                     | 5m           | use at least one hour, or zero
				dynlock.retention                     | -1h          | use zero or a positive duration
				dynlock.request-timeout               | 0s           | use a positive duration
				dynlock.request-threads               | 0            | use at least 1
				dynlock.close-timeout                 | -1s          | use zero or a positive duration
				dynlock.hand-off.max-count            | -1           | use 0 to hand nothing on
				dynlock.hand-off.max-count            | 65536        | or up to 65535
				dynlock.hand-off.max-duration         | -1s          | use zero or a positive duration
				dynlock.owner                         | ''           | use 1 to 256 characters
				dynlock.region                        | EU West      | use the code of an AWS region
				dynlock.region                        | ''           | use the code of an AWS region
				dynlock.endpoint                      | localhost    | use a URI with scheme and host
				dynlock.table-creation.active-timeout | 0s           | use a positive duration
				""")
		void whatTheLibraryRefusesIsReportedWithTheProperty(String property, String value, String remedy) {
			FailureAnalysis analysis = StartUpFailures
				.of(ConfigurationFailureTests.this.runner.withPropertyValues(property + "=" + value));
			assertThat(analysis.getDescription())
				.startsWith("Invalid value '%s' for configuration property '%s'".formatted(value, property))
				.contains(remedy);
			assertThat(analysis.getAction()).isNotBlank();
		}

		@ParameterizedTest
		@CsvSource({ "dynlock.lease.mode, sometimes", "dynlock.lease.on-loss, weep", "dynlock.release-mode, keep",
				"dynlock.table-creation.mode, maybe", "dynlock.wait-timeout, soon", "dynlock.max-retries, many",
				"dynlock.lease.duration, 5parsecs" })
		void whatSpringBootCannotConvertIsReportedWithTheProperty(String property, String value) {
			FailureAnalysis analysis = StartUpFailures
				.of(ConfigurationFailureTests.this.runner.withPropertyValues(property + "=" + value));
			assertThat(analysis.getDescription()).contains(property, value);
		}

		@Test
		void aNameOfTheApplicationThatIsTooLongIsReported() {
			FailureAnalysis analysis = StartUpFailures.of(ConfigurationFailureTests.this.runner
				.withPropertyValues("spring.application.name=" + "n".repeat(129)));
			assertThat(analysis.getDescription()).contains("'spring.application.name'", "use 1 to 128 characters");
		}

	}

	@Nested
	class Environment {

		private final String region = System.getProperty("aws.region", "");

		private final String configFile = System.getProperty("aws.configFile", "");

		private final String metadata = System.getProperty("aws.disableEc2Metadata", "");

		@AfterEach
		void restore() {
			restore("aws.region", this.region);
			restore("aws.configFile", this.configFile);
			restore("aws.disableEc2Metadata", this.metadata);
		}

		private static void restore(String property, String value) {
			if (value.isEmpty()) {
				System.clearProperty(property);
			}
			else {
				System.setProperty(property, value);
			}
		}

		@Test
		@DisabledIfEnvironmentVariable(named = "AWS_REGION", matches = ".+", disabledReason = "it is what counts then")
		void aMissingRegionIsReported() {
			System.clearProperty("aws.region");
			System.setProperty("aws.configFile", "/nowhere");
			System.setProperty("aws.disableEc2Metadata", "true");
			FailureAnalysis analysis = StartUpFailures.of(SharedDynamoDb.bareContextRunner());
			assertThat(analysis.getDescription()).isEqualTo("No AWS region is configured for the lock table.");
			assertThat(analysis.getAction()).contains("property dynlock.region)", "AWS_REGION");
			analysis = StartUpFailures
				.of(besideAnother().withPropertyValues("dynlock.clients.eu.endpoint=http://127.0.0.1:1"));
			assertThat(analysis.getDescription()).isEqualTo(
					"The client 'eu' of dynlock.clients cannot be made: No AWS region is configured for the lock table.");
			assertThat(analysis.getAction()).contains("property dynlock.clients.eu.region)", "AWS_REGION");
		}

		/** The default client is made by the application, and has everything. */
		private static ApplicationContextRunner besideAnother() {
			return SharedDynamoDb.bareContextRunner()
				.withBean(DynamoDbClient.class,
						() -> DynamoDbClient.builder()
							.region(Region.US_EAST_1)
							.credentialsProvider(AnonymousCredentialsProvider.create())
							.build());
		}

		@Test
		void theRegionOfTheJvmIsUsed() {
			System.setProperty("aws.region", "eu-north-1");
			SharedDynamoDb.bareContextRunner()
				.withBean(AwsCredentialsProvider.class, AnonymousCredentialsProvider::create)
				.run((context) -> assertThat(
						context.getBean(DynamoDbClient.class).serviceClientConfiguration().region())
					.hasToString("eu-north-1"));
		}

		@Test
		void missingCredentialsAreReported() {
			FailureAnalysis analysis = StartUpFailures.of(SharedDynamoDb.bareContextRunner()
				.withPropertyValues("dynlock.region=us-east-1")
				.withBean(AwsCredentialsProvider.class, () -> NoCredentials.INSTANCE));
			assertThat(analysis.getDescription()).isEqualTo("No AWS credentials could be found for the lock table.");
			assertThat(analysis.getAction()).contains("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "IAM role",
					"credentials provider");
			assertThat(analysis.getAction()).contains("properties dynlock.credentials.*");
			assertThat(analysis.getCause()).hasRootCauseInstanceOf(SdkClientException.class);
			analysis = StartUpFailures.of(besideAnother().withPropertyValues("dynlock.clients.eu.region=eu-central-1")
				.withBean(AwsCredentialsProvider.class, () -> NoCredentials.INSTANCE));
			assertThat(analysis.getDescription())
				.startsWith("The client 'eu' of dynlock.clients cannot be made: No AWS");
			assertThat(analysis.getAction()).contains("properties dynlock.clients.eu.credentials.*");
		}

	}

	/** As the application's user sees it. */
	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class Output {

		@Test
		void namesThePropertyAndItsValue(CapturedOutput output) {
			run("--dynlock.region=us-east-1", "--dynlock.lease.duration=5ms");
			assertThat(output).contains("APPLICATION FAILED TO START", "Invalid value '5ms'",
					"'dynlock.lease.duration'", "commandLineArgs", "use at least PT0.3S");
			assertThat(output).doesNotContain("\tat ");
		}

		@Test
		void saysWhatToDo(CapturedOutput output) {
			run("--dynlock.embedded.enabled=true", "--dynlock.region=us-east-1");
			assertThat(output).contains("APPLICATION FAILED TO START",
					"dynlock.embedded.enabled is true, but dynlock.region is set to 'us-east-1'", "Action:",
					"Remove dynlock.embedded.enabled");
			assertThat(output).doesNotContain("\tat ");
		}

		private static void run(String... arguments) {
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setBannerMode(Banner.Mode.OFF);
			application.setRegisterShutdownHook(false);
			assertThatException().isThrownBy(() -> application.run(arguments));
		}

	}

	private enum NoCredentials implements AwsCredentialsProvider {

		INSTANCE;

		@Override
		public AwsCredentials resolveCredentials() {
			throw SdkClientException.create("There are none");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DynlockAutoConfiguration.class, DynlockAspectAutoConfiguration.class })
	static class Application {

		@Bean
		AwsCredentialsProvider credentials() {
			return AnonymousCredentialsProvider.create();
		}

	}

}
