package io.dynlock.autoconfigure.actuate;

import java.util.Map;
import java.util.function.Consumer;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.actuate.LockTableHealthIndicator;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class DynlockHealthAutoConfigurationTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
		.withConfiguration(AutoConfigurations.of(DynlockHealthAutoConfiguration.class));

	private final ApplicationContextRunner enabled = this.runner
		.withPropertyValues("management.health.dynlock.enabled=true");

	@Test
	void isOffByDefault() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void isNotThereWithoutSpringBootsHealth() {
		this.enabled.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("dynlockHealthIndicator"));
	}

	@Test
	void backsOffForAnIndicatorOfTheApplication() {
		HealthIndicator mine = () -> Health.up().build();
		this.enabled.withBean("dynlockHealthIndicator", HealthIndicator.class, () -> mine)
			.run((context) -> assertThat(context.getBean(HealthIndicator.class)).isSameAs(mine));
	}

	@Test
	void isUpWhileTheTableIsStillToBeCreated() {
		health(this.enabled, (health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(client(health)).containsEntry("status", "MISSING").containsEntry("region", "us-east-1");
		});
	}

	@Test
	void isUpWhenTheTableIsActive() {
		this.enabled.run((context) -> {
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			Health health = context.getBean(LockTableHealthIndicator.class).health();
			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(client(health)).containsEntry("status", "ACTIVE")
				.containsKey("table")
				.doesNotContainKey("error");
		});
	}

	@Test
	void isDownAndNamesTheCauseWhenTheTableIsMissingForGood() {
		health(this.enabled.withPropertyValues("dynlock.table-creation.mode=none", "dynlock.table=nowhere"),
				(health) -> {
					assertThat(health.getStatus()).isEqualTo(Status.DOWN);
					assertThat(client(health)).containsEntry("table", "nowhere")
						.hasEntrySatisfying("error",
								(error) -> assertThat(error).asString().contains("'nowhere' does not exist"));
				});
	}

	@Test
	void isDownInTimeWhenNobodyAnswersAndTellsNoSecret() {
		health(this.enabled.withPropertyValues("dynlock.endpoint=http://127.0.0.1:1"), (health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(client(health)).containsKey("error");
			assertThat(health.toString()).doesNotContain("anysecret");
		});
	}

	private static void health(ApplicationContextRunner runner, Consumer<Health> test) {
		runner.run((context) -> {
			Health health = context.getBean(LockTableHealthIndicator.class).health();
			assertThat(health).isNotNull();
			test.accept(health);
		});
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> client(Health health) {
		return (Map<String, Object>) health.getDetails().get("default");
	}

}
