package io.dynlock.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LeaseMode;
import io.dynlock.LockOptions;
import io.dynlock.LossPolicy;
import io.dynlock.ReleaseMode;
import io.dynlock.TableCreation;
import io.dynlock.TableOptions;
import io.dynlock.aop.DistributedLockAdvisor;
import io.dynlock.aop.LockedMethodValidator;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

class DynlockPropertiesTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner();

	@Test
	void defaultsAreThoseOfTheLibrary() {
		this.runner.run((context) -> {
			DistributedLockTemplate template = context.getBean(DistributedLockTemplate.class);
			assertThat(template.options()).isEqualTo(LockOptions.withDefaults());
			assertThat(template.tableOptions()).usingRecursiveComparison().isEqualTo(TableOptions.withDefaults());
		});
	}

	@Test
	void theAspectIsOutsideTransactionsByDefault() {
		this.runner.run((context) -> assertThat(context.getBean(DistributedLockAdvisor.class).getOrder())
			.isEqualTo(context.getBean(DynlockProperties.class).aspect().order())
			.isLessThan(Ordered.LOWEST_PRECEDENCE));
	}

	@Test
	void propertiesReachTheLockOptions() {
		this.runner
			.withPropertyValues("dynlock.wait-timeout=11s", "dynlock.max-retries=12",
					"dynlock.sleep-between-retries=13ms", "dynlock.max-sleep-between-retries=14s",
					"dynlock.lease.duration=15s", "dynlock.lease.mode=fixed", "dynlock.lease.min-hold=16s",
					"dynlock.lease.on-loss=interrupt")
			.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).options())
				.isEqualTo(LockOptions.builder()
					.waitTimeout(Duration.ofSeconds(11))
					.maxRetries(12)
					.sleepBetweenRetries(Duration.ofMillis(13))
					.maxSleepBetweenRetries(Duration.ofSeconds(14))
					.leaseDuration(Duration.ofSeconds(15))
					.leaseMode(LeaseMode.FIXED)
					.minHold(Duration.ofSeconds(16))
					.onLoss(LossPolicy.INTERRUPT)
					.build()));
	}

	@Test
	void propertiesReachTheTableOptions() {
		this.runner
			.withPropertyValues("dynlock.table=elsewhere", "dynlock.release-mode=delete", "dynlock.retention=3h",
					"dynlock.request-timeout=4s", "dynlock.table-creation.mode=validate",
					"dynlock.table-creation.tags.team=one", "dynlock.table-creation.tags.stage=two",
					"dynlock.table-creation.deletion-protection=true", "dynlock.table-creation.time-to-live=false",
					"dynlock.table-creation.active-timeout=5s")
			.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).tableOptions())
				.usingRecursiveComparison()
				.isEqualTo(TableOptions.builder()
					.table("elsewhere")
					.releaseMode(ReleaseMode.DELETE)
					.retention(Duration.ofHours(3))
					.requestTimeout(Duration.ofSeconds(4))
					.creation(TableCreation.VALIDATE)
					.tags(Map.of("team", "one", "stage", "two"))
					.deletionProtection(true)
					.timeToLive(false)
					.activeTimeout(Duration.ofSeconds(5))
					.build()));
	}

	@Test
	void aNegativeWaitTimeoutMeansNoLimit() {
		this.runner.withPropertyValues("dynlock.wait-timeout=-1")
			.run((context) -> assertThat(context.getBean(LockOptions.class).waitTimeout()).isEmpty());
	}

	@Test
	void retriesWithoutATimeoutMeanNoLimitOfTime() {
		this.runner.withPropertyValues("dynlock.max-retries=3").run((context) -> {
			assertThat(context.getBean(LockOptions.class).waitTimeout()).isEmpty();
			assertThat(context.getBean(LockOptions.class).maxRetries()).hasValue(3);
		});
	}

	@Test
	void propertiesReachTheClient() {
		this.runner.withPropertyValues("dynlock.region=eu-west-1", "dynlock.endpoint=http://localhost:1234")
			.run((context) -> {
				DynamoDbClient client = context.getBean(DynamoDbClient.class);
				assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.EU_WEST_1);
				assertThat(client.serviceClientConfiguration().endpointOverride())
					.hasValue(URI.create("http://localhost:1234"));
			});
	}

	@Test
	void propertiesReachTheTemplate() {
		this.runner.withPropertyValues("dynlock.close-timeout=0s", "dynlock.request-threads=1")
			.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class)).extracting("closeTimeout")
				.isEqualTo(Duration.ZERO));
	}

	@Test
	void handOffDefaultsAreThoseOfTheLibrary() {
		this.runner.run((context) -> {
			assertThat(context.getBean(DynlockClientProperties.class).handOff().maxCount())
				.isEqualTo(DistributedLockTemplate.DEFAULT_HAND_OFF_MAX_COUNT);
			assertThat(context.getBean(DynlockClientProperties.class).handOff().maxDuration())
				.isEqualTo(DistributedLockTemplate.DEFAULT_HAND_OFF_MAX_DURATION);
		});
	}

	@Test
	void defaultsOfTheTemplateAreThoseOfTheLibrary() {
		this.runner.run((context) -> {
			try (DistributedLockTemplate plain = DistributedLockTemplate.builder(context.getBean(DynamoDbClient.class))
				.build()) {
				assertThat(context.getBean(DistributedLockTemplate.class)).usingRecursiveComparison()
					.comparingOnlyFields("name", "closeTimeout")
					.isEqualTo(plain);
			}
		});
	}

	@Test
	void theOwnerIsTheConfiguredOne() {
		this.runner.withPropertyValues("dynlock.owner=me", "spring.application.name=shop")
			.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).owner()).isEqualTo("me"));
	}

	@Test
	void theOwnerStartsWithTheNameOfTheApplicationOtherwise() {
		this.runner.withPropertyValues("spring.application.name=shop")
			.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).owner()).startsWith("shop@")
				.contains(":" + ProcessHandle.current().pid() + ":"));
	}

	@Test
	void anApplicationWithoutANameHasAnOwnerToo() {
		this.runner.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).owner())
			.startsWith("application@"));
		this.runner.withPropertyValues("spring.application.name=")
			.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).owner())
				.startsWith("application@"));
	}

	@Test
	void theOrderReachesTheAspect() {
		this.runner.withPropertyValues("dynlock.aspect.order=-7")
			.run((context) -> assertThat(context.getBean(DistributedLockAdvisor.class).getOrder()).isEqualTo(-7));
	}

	@Test
	void theAspectCanBeSwitchedOff() {
		this.runner.withPropertyValues("dynlock.aspect.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(DistributedLockTemplate.class)
				.doesNotHaveBean(DistributedLockAdvisor.class)
				.doesNotHaveBean(LockedMethodValidator.class));
	}

}
