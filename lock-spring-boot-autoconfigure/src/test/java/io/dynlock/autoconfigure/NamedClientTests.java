package io.dynlock.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.LeaseMode;
import io.dynlock.LockListener;
import io.dynlock.LockOptions;
import io.dynlock.LossPolicy;
import io.dynlock.ReleaseMode;
import io.dynlock.TableCreation;
import io.dynlock.TableOptions;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils.qualifiedBeanOfType;

class NamedClientTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner();

	private static DistributedLockTemplate template(ApplicationContext context, String name) {
		return qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), DistributedLockTemplate.class, name);
	}

	private static ClientConnection connection(BeanFactory context, String name) {
		return context.getBean("dynlockConnection-" + name, ClientConnection.class);
	}

	private static AwsCredentialsIdentity credentials(DynamoDbClient client) {
		return (AwsCredentialsIdentity) client.serviceClientConfiguration()
			.credentialsProvider()
			.resolveIdentity()
			.join();
	}

	@Nested
	class Beans {

		private final ApplicationContextRunner twoClients = NamedClientTests.this.runner
			.withPropertyValues("dynlock.clients.eu.table=locks-eu", "dynlock.clients.us.table=locks-us");

		@Test
		void eachClientIsATemplateWithItsNameAsQualifier() {
			this.twoClients.withUserConfiguration(Injected.class).run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.eu.name()).isEqualTo("eu");
				assertThat(injected.eu.tableOptions().table()).isEqualTo("locks-eu");
				assertThat(injected.us.name()).isEqualTo("us");
				assertThat(qualifiedBeanOfType(context.getBeanFactory(), DistributedLockOperations.class, "eu"))
					.isSameAs(injected.eu);
				assertThat(context.getBeansOfType(DistributedLockTemplate.class)).hasSize(3);
			});
		}

		@Test
		void theDefaultClientIsTheOneWithoutQualifier() {
			this.twoClients.withUserConfiguration(Injected.class).run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.unqualified.name()).isEqualTo("default");
				assertThat(injected.operations).isSameAs(injected.unqualified);
				assertThat(injected.all).containsExactly(injected.unqualified);
				assertThat(context.getBean(DistributedLockTemplate.class)).isSameAs(injected.unqualified);
				assertThat(context.getBeanProvider(DistributedLockOperations.class).getObject())
					.isSameAs(injected.unqualified);
			});
		}

		@Test
		void thereIsNoneUnlessNamed() {
			NamedClientTests.this.runner
				.run((context) -> assertThat(context).hasSingleBean(DistributedLockTemplate.class)
					.doesNotHaveBean(ClientConnection.class));
		}

		@Test
		void theyAreThereBesideOperationsOfTheApplication() {
			DistributedLockOperations mine = mock(DistributedLockOperations.class);
			this.twoClients.withBean("mine", DistributedLockOperations.class, () -> mine).run((context) -> {
				assertThat(context.getBean(DistributedLockOperations.class)).isSameAs(mine);
				assertThat(template(context, "eu").name()).isEqualTo("eu");
				assertThat(context).doesNotHaveBean(DynamoDbClient.class);
			});
		}

		@Test
		void theyAreNotThereWhenLocksAreSwitchedOff() {
			this.twoClients.withPropertyValues("dynlock.enabled=false")
				.run((context) -> assertThat(context).doesNotHaveBean(DistributedLockTemplate.class));
		}

		@Test
		void listenersAndCustomizersAreForAllOfThem() {
			LockListener listener = mock(LockListener.class);
			Map<String, DistributedLockTemplate.Builder> customized = new LinkedHashMap<>();
			this.twoClients.withBean(LockListener.class, () -> listener)
				.withBean(DynlockTemplateCustomizer.class, () -> (client, builder) -> {
					customized.put(client, builder);
					builder.owner("owner of " + client);
				})
				.run((context) -> {
					assertThat(customized).containsOnlyKeys("default", "eu", "us");
					assertThat(template(context, "us").owner()).isEqualTo("owner of us");
					assertThat(context.getBean(DistributedLockTemplate.class).owner()).isEqualTo("owner of default");
				});
		}

		@ParameterizedTest
		@ValueSource(strings = { "default", "euWest", "9eu", "eu_west" })
		void aNameThatCannotBeIsRefused(String name) {
			FailureAnalysis analysis = StartUpFailures
				.of(NamedClientTests.this.runner.withPropertyValues("dynlock.clients." + name + ".table=other"));
			assertThat(analysis.getDescription())
				.isEqualTo("No client of dynlock.clients can be called '" + name + "'.");
			assertThat(analysis.getAction()).contains("lower-case letters, digits and dashes");
		}

		@Test
		void anEnvironmentVariableOverridesAPropertyOfANameWithDashes() {
			NamedClientTests.this.runner.withPropertyValues("dynlock.clients.eu-west.table=of-the-file")
				.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
							Map.of("DYNLOCK_CLIENTS_EUWEST_TABLE", "of-the-environment",
									"DYNLOCK_CLIENTS_EUWEST_LEASE_MINHOLD", "3s"))))
				.run((context) -> {
					assertThat(context.getBeansOfType(DistributedLockTemplate.class)).hasSize(2);
					assertThat(template(context, "eu-west").tableOptions().table()).isEqualTo("of-the-environment");
					assertThat(template(context, "eu-west").options().minHold()).isEqualTo(Duration.ofSeconds(3));
				});
		}

	}

	@Nested
	class Inheritance {

		private static final String[] TOP = { "dynlock.table=elsewhere", "dynlock.owner=me", "dynlock.wait-timeout=11s",
				"dynlock.max-retries=12", "dynlock.sleep-between-retries=13ms", "dynlock.max-sleep-between-retries=14s",
				"dynlock.lease.duration=15s", "dynlock.lease.mode=fixed", "dynlock.lease.min-hold=16s",
				"dynlock.lease.on-loss=interrupt", "dynlock.hand-off.max-count=17", "dynlock.hand-off.max-duration=18s",
				"dynlock.release-mode=delete", "dynlock.retention=3h", "dynlock.request-timeout=4s",
				"dynlock.request-threads=3", "dynlock.close-timeout=5s", "dynlock.table-creation.mode=validate",
				"dynlock.table-creation.tags.team=one", "dynlock.table-creation.tags.stage=two",
				"dynlock.table-creation.deletion-protection=true", "dynlock.table-creation.time-to-live=false",
				"dynlock.table-creation.active-timeout=6s", "dynlock.region=eu-west-3",
				"dynlock.endpoint=http://localhost:1234", "dynlock.credentials.access-key=their-key",
				"dynlock.credentials.secret-key=their-secret", "dynlock.credentials.session-token=their-token" };

		private static final List<String> OWN = Stream
			.of("table=own", "owner=own-owner", "wait-timeout=-1", "max-retries=1", "sleep-between-retries=2ms",
					"max-sleep-between-retries=3s", "lease.duration=4s", "lease.mode=permanent", "lease.min-hold=5s",
					"lease.on-loss=log", "hand-off.max-count=6", "hand-off.max-duration=7s", "release-mode=retain",
					"retention=8h", "request-timeout=9s", "request-threads=10", "close-timeout=11s",
					"table-creation.mode=none", "table-creation.tags.stage=three",
					"table-creation.deletion-protection=false", "table-creation.time-to-live=true",
					"table-creation.active-timeout=12s", "region=eu-central-1", "endpoint=http://localhost:4321",
					"credentials.access-key=own-key", "credentials.secret-key=own-secret")
			.map("dynlock.clients.eu."::concat)
			.toList();

		private final ApplicationContextRunner top = NamedClientTests.this.runner.withPropertyValues(TOP);

		@Test
		void whatIsNotSetIsThatOfTheDefaultClient() {
			this.top.withPropertyValues("dynlock.clients.eu=").run((context) -> {
				DistributedLockTemplate eu = template(context, "eu");
				DistributedLockTemplate other = context.getBean(DistributedLockTemplate.class);
				assertThat(eu).usingRecursiveComparison()
					.comparingOnlyFields("options", "tableOptions", "owner", "closeTimeout")
					.isEqualTo(other);
				assertThat(eu.options().maxRetries()).hasValue(12);
				assertThat(eu.tableOptions().tags()).containsOnly(Map.entry("team", "one"), Map.entry("stage", "two"));
				assertThat(properties(context, "eu")).isEqualTo(context.getBean(DynlockClientProperties.class));
			});
		}

		@Test
		void whatIsSetIsItsOwn() {
			this.top.withPropertyValues(OWN.toArray(String[]::new)).run((context) -> {
				DistributedLockTemplate eu = template(context, "eu");
				assertThat(eu.options()).isEqualTo(LockOptions.builder()
					.waitForever()
					.maxRetries(1)
					.sleepBetweenRetries(Duration.ofMillis(2))
					.maxSleepBetweenRetries(Duration.ofSeconds(3))
					.leaseDuration(Duration.ofSeconds(4))
					.leaseMode(LeaseMode.PERMANENT)
					.minHold(Duration.ofSeconds(5))
					.onLoss(LossPolicy.LOG)
					.build());
				assertThat(eu.tableOptions()).usingRecursiveComparison()
					.isEqualTo(TableOptions.builder()
						.table("own")
						.releaseMode(ReleaseMode.RETAIN)
						.retention(Duration.ofHours(8))
						.requestTimeout(Duration.ofSeconds(9))
						.creation(TableCreation.NONE)
						.tags(Map.of("team", "one", "stage", "three"))
						.deletionProtection(false)
						.timeToLive(true)
						.activeTimeout(Duration.ofSeconds(12))
						.build());
				assertThat(eu.owner()).isEqualTo("own-owner");
				assertThat(properties(context, "eu")).satisfies((own) -> {
					assertThat(own.handOff().maxCount()).isEqualTo(6);
					assertThat(own.handOff().maxDuration()).isEqualTo(Duration.ofSeconds(7));
					assertThat(own.requestThreads()).isEqualTo(10);
					assertThat(own.closeTimeout()).isEqualTo(Duration.ofSeconds(11));
				});
				DynamoDbClient client = connection(context, "eu").client();
				assertThat(client.serviceClientConfiguration().region()).hasToString("eu-central-1");
				assertThat(client.serviceClientConfiguration().endpointOverride())
					.hasValue(URI.create("http://localhost:4321"));
			});
		}

		/** Each alone, so that no property can take another's place. */
		@Test
		void eachPropertyIsInheritedAndOverriddenByItself() {
			this.top.withPropertyValues("dynlock.clients.eu=").run((context) -> {
				String inherited = properties(context, "eu").toString();
				OWN.stream()
					.filter((property) -> !property.contains("credentials"))
					.forEach((property) -> this.top.withPropertyValues(property)
						.run((changed) -> assertThat(properties(changed, "eu").toString()).as(property)
							.isNotEqualTo(inherited)));
			});
		}

		@Test
		void credentialsAreInheritedAsAWhole() {
			this.top.withPropertyValues("dynlock.clients.eu.region=eu-central-1").run((context) -> {
				AwsCredentialsIdentity inherited = credentials(connection(context, "eu").client());
				assertThat(inherited.accessKeyId()).isEqualTo("their-key");
				assertThat(inherited).isInstanceOfSatisfying(AwsSessionCredentialsIdentity.class,
						(session) -> assertThat(session.sessionToken()).isEqualTo("their-token"));
			});
			this.top
				.withPropertyValues("dynlock.clients.eu.credentials.access-key=own-key",
						"dynlock.clients.eu.credentials.secret-key=own-secret")
				.run((context) -> {
					AwsCredentialsIdentity own = credentials(connection(context, "eu").client());
					assertThat(own.accessKeyId()).isEqualTo("own-key");
					assertThat(own).isNotInstanceOf(AwsSessionCredentialsIdentity.class);
				});
		}

		@Test
		void ownPropertiesWinOverInheritedOnesOfAStrongerSource() {
			NamedClientTests.this.runner.withPropertyValues("dynlock.clients.eu.lease.duration=4s")
				.withSystemProperties("dynlock.lease.duration=9s")
				.run((context) -> {
					assertThat(template(context, "eu").options().leaseDuration()).isEqualTo(Duration.ofSeconds(4));
					assertThat(context.getBean(LockOptions.class).leaseDuration()).isEqualTo(Duration.ofSeconds(9));
				});
		}

		@Test
		void placeholdersAreResolved() {
			NamedClientTests.this.runner
				.withPropertyValues("stage=test", "dynlock.table=locks-${stage}",
						"dynlock.clients.eu.owner=me-${stage}")
				.run((context) -> {
					assertThat(template(context, "eu").tableOptions().table()).isEqualTo("locks-test");
					assertThat(template(context, "eu").owner()).isEqualTo("me-test");
				});
		}

		@Test
		void oneClientInheritsNothingOfAnother() {
			NamedClientTests.this.runner
				.withPropertyValues("dynlock.clients.eu.lease.min-hold=4s", "dynlock.clients.us.table=other")
				.run((context) -> {
					assertThat(template(context, "us").options().minHold()).isZero();
					assertThat(template(context, "eu").tableOptions().table()).isEqualTo("dynlock");
				});
		}

		private static DynlockClientProperties properties(ApplicationContext context, String name) {
			return ClientSettings.ofNamed(name, context.getEnvironment()).properties();
		}

	}

	@Nested
	class Connections {

		@Test
		void aClientWithoutAConnectionOfItsOwnUsesThatOfTheDefaultClient() {
			NamedClientTests.this.runner.withPropertyValues("dynlock.clients.eu.table=other")
				.run((context) -> assertThat(connection(context, "eu").client())
					.isSameAs(context.getBean(DynamoDbClient.class)));
		}

		@Test
		void orThatOfTheApplication() {
			DynamoDbClient mine = mock(DynamoDbClient.class);
			SharedDynamoDb.bareContextRunner()
				.withPropertyValues("dynlock.clients.eu.table=other")
				.withBean(DynamoDbClient.class, () -> mine)
				.run((context) -> assertThat(connection(context, "eu").client()).isSameAs(mine));
		}

		@ParameterizedTest
		@ValueSource(strings = { "region=eu-central-1", "endpoint=http://localhost:1", "credentials.profile=other" })
		void aClientWithASettingOfItsConnectionHasOne(String property) {
			NamedClientTests.this.runner.withPropertyValues("dynlock.clients.eu." + property)
				.withBean("profiles", AwsCredentialsProvider.class, NamedClientTests::named,
						(definition) -> qualify(definition, "eu"))
				.run((context) -> {
					assertThat(context).hasNotFailed().hasSingleBean(DynamoDbClient.class);
					assertThat(connection(context, "eu").client()).isNotSameAs(context.getBean(DynamoDbClient.class));
				});
		}

		@Test
		void theCredentialsOfAQualifiedBeanAreThatClients() {
			NamedClientTests.this.runner
				.withPropertyValues("dynlock.clients.eu.table=other", "dynlock.credentials.access-key=theirs",
						"dynlock.credentials.secret-key=secret")
				.withUserConfiguration(CredentialsOfEu.class)
				.run((context) -> {
					assertThat(credentials(connection(context, "eu").client()).accessKeyId()).isEqualTo("of-eu");
					assertThat(credentials(context.getBean(DynamoDbClient.class)).accessKeyId()).isEqualTo("theirs");
				});
		}

		@Test
		void propertiesNameTheCredentialsOfLocksAlone() {
			NamedClientTests.this.runner
				.withPropertyValues("dynlock.credentials.access-key=of-locks", "dynlock.credentials.secret-key=secret")
				.run((context) -> assertThat(credentials(context.getBean(DynamoDbClient.class)).accessKeyId())
					.isEqualTo("of-locks"));
		}

		@ParameterizedTest
		@CsvSource({ "access-key, secret-key", "secret-key, access-key", "session-token, access-key" })
		void halfOfTheCredentialsIsRefused(String given, String missing) {
			FailureAnalysis analysis = StartUpFailures.of(NamedClientTests.this.runner.withPropertyValues(
					"dynlock.clients.eu.credentials." + given + "=hush-hush", "dynlock.credentials.access-key=theirs",
					"dynlock.credentials.secret-key=hush-hush"));
			assertThat(analysis.getDescription()).isEqualTo("dynlock.clients.eu.credentials." + given
					+ " is set, but dynlock.clients.eu.credentials." + missing + " is not.");
			assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("hush");
		}

		@Test
		void aProfileBesideAKeyIsRefused() {
			FailureAnalysis analysis = StartUpFailures.of(NamedClientTests.this.runner
				.withPropertyValues("dynlock.credentials.access-key=hush-hush", "dynlock.credentials.profile=other"));
			assertThat(analysis.getDescription()).contains("dynlock.credentials.access-key",
					"dynlock.credentials.profile", "mutually exclusive");
			assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("hush");
		}

		@Test
		void secretsArePrintedNowhere() {
			NamedClientTests.this.runner
				.withPropertyValues("dynlock.credentials.access-key=hush-key", "dynlock.credentials.secret-key=hush",
						"dynlock.credentials.session-token=hush-token")
				.run((context) -> assertThat(context.getBean(DynlockClientProperties.class).toString())
					.doesNotContain("hush"));
		}

	}

	@Nested
	class Closing {

		private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
			.withPropertyValues("dynlock.clients.eu.region=eu-central-1", "dynlock.clients.eu.table=closing-eu",
					"dynlock.clients.us.table=closing-us");

		@Test
		void everyClientReleasesItsLocksAndTheConnectionsAreClosedAfterThem() {
			AtomicReference<DynamoDbClient> own = new AtomicReference<>();
			AtomicReference<DistributedLockTemplate> eu = new AtomicReference<>();
			this.runner.run((context) -> {
				Stream.of("eu", "us").forEach((name) -> template(context, name).acquire("kept"));
				own.set(connection(context, "eu").client());
				eu.set(template(context, "eu"));
			});
			assertThatException().isThrownBy(() -> eu.get().acquire("another"))
				.withMessage("The lock client is closed, or is to be closed; it acquires no more locks");
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> own.get().listTables());
			this.runner.run((context) -> assertThat(Stream.of("eu", "us"))
				.allSatisfy((name) -> assertThat(template(context, name).status("kept").isHeld()).isFalse()));
		}

		/** Another client may still be releasing its locks with it. */
		@Test
		void credentialsOfTheApplicationAreNotClosedByAClient() {
			ClosableCredentials credentials = new ClosableCredentials();
			SharedDynamoDb.bareContextRunner()
				.withPropertyValues("dynlock.region=us-east-1", "dynlock.clients.eu.region=eu-central-1")
				.withBean("credentials", AwsCredentialsProvider.class, () -> credentials,
						(definition) -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""))
				.run((context) -> connection(context, "eu").close());
			assertThat(credentials.closed).isFalse();
		}

	}

	@Nested
	class Mistakes {

		@ParameterizedTest
		@CsvSource({ "lease.duration, 5ms", "table, a b", "close-timeout, -1s", "region, EU West",
				"hand-off.max-count, -1", "endpoint, localhost", "table-creation.active-timeout, 0s" })
		void areReportedWithTheNameOfTheClientsProperty(String property, String value) {
			String name = "dynlock.clients.eu." + property;
			FailureAnalysis analysis = StartUpFailures
				.of(NamedClientTests.this.runner.withPropertyValues(name + "=" + value));
			assertThat(analysis.getDescription())
				.startsWith("Invalid value '%s' for configuration property '%s'".formatted(value, name));
		}

		@Test
		void areReportedWhereTheyAreWhenTheyAreInherited() {
			FailureAnalysis analysis = StartUpFailures
				.of(NamedClientTests.this.runner.withBean(LockOptions.class, LockOptions::withDefaults)
					.withPropertyValues("dynlock.lease.duration=5ms", "dynlock.clients.eu.table=other"));
			assertThat(analysis.getDescription())
				.startsWith("Invalid value '5ms' for configuration property 'dynlock.lease.duration'");
		}

		@ParameterizedTest
		@CsvSource({ "lease.mode, sometimes", "wait-timeout, soon" })
		void areReportedWhenTheyCannotBeConverted(String property, String value) {
			FailureAnalysis analysis = StartUpFailures
				.of(NamedClientTests.this.runner.withPropertyValues("dynlock.clients.eu." + property + "=" + value));
			assertThat(analysis.getDescription()).contains("dynlock.clients.eu." + property, value);
		}

	}

	private static AwsCredentialsProvider named() {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create("of-eu", "any"));
	}

	private static void qualify(BeanDefinition definition, String qualifier) {
		var bean = (AbstractBeanDefinition) definition;
		bean.setDefaultCandidate(false);
		bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, qualifier));
	}

	private static final class ClosableCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

		private boolean closed;

		@Override
		public AwsCredentials resolveCredentials() {
			return AwsBasicCredentials.create("any", "any");
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CredentialsOfEu {

		@Bean(defaultCandidate = false)
		@Qualifier("eu")
		AwsCredentialsProvider credentialsOfEu() {
			return named();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		private final DistributedLockTemplate unqualified;

		private final DistributedLockOperations operations;

		private final List<DistributedLockOperations> all;

		private final DistributedLockTemplate eu;

		private final DistributedLockTemplate us;

		@Autowired
		Injected(DistributedLockTemplate unqualified, DistributedLockOperations operations,
				List<DistributedLockOperations> all, @Qualifier("eu") DistributedLockTemplate eu,
				@Qualifier("us") DistributedLockTemplate us) {
			this.unqualified = unqualified;
			this.operations = operations;
			this.all = all;
			this.eu = eu;
			this.us = us;
		}

	}

}
