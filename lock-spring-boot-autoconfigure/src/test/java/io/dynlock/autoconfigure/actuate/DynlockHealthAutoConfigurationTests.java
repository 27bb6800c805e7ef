package io.dynlock.autoconfigure.actuate;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The indicator of an application. Spring Boot 3 and 4 have other types for it, so these
 * tests know none of them, and run on both.
 */
class DynlockHealthAutoConfigurationTests {

	private static final String ENABLED = "management.health.dynlock.enabled=true";

	private static final String INDICATOR = "dynlockHealthIndicator";

	private static final Line BOOT_4 = new Line("org.springframework.boot.health.contributor",
			"io.dynlock.actuate.LockTableHealthIndicator",
			"io.dynlock.autoconfigure.actuate.DynlockHealthAutoConfiguration");

	private static final Line BOOT_3 = new Line("org.springframework.boot.actuate.health",
			"io.dynlock.boot3.LockTableHealthIndicator", "io.dynlock.boot3.DynlockHealthAutoConfiguration");

	private final Line line = BOOT_4.isPresent() ? BOOT_4 : BOOT_3;

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
		.withConfiguration(AutoConfigurations.of(ClassUtils.resolveClassName(this.line.autoConfiguration(), null)));

	private final ApplicationContextRunner enabled = this.runner.withPropertyValues(ENABLED);

	/** The first answer takes the server longer than a health check may. */
	@BeforeAll
	static void warmUp() {
		SharedDynamoDb.client().listTables();
	}

	@Test
	void isOffByDefault() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(INDICATOR));
	}

	@Test
	void isNotThereWithoutSpringBootsHealth() {
		this.enabled.withClassLoader(new FilteredClassLoader(BOOT_3.packageName(), BOOT_4.packageName()))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(INDICATOR));
	}

	@Test
	void anApplicationLoadsOnlyWhatIsForItsLineOfSpringBoot() {
		Line other = this.line.equals(BOOT_4) ? BOOT_3 : BOOT_4;
		Set<String> loaded = ConcurrentHashMap.newKeySet();
		SharedDynamoDb.contextRunner()
			.withUserConfiguration(Application.class)
			.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader((name) -> {
				loaded.add(name);
				return false;
			}))
			.run((context) -> {
				assertThat(context.getBean(INDICATOR)).isInstanceOf(this.line.typeOfIndicators())
					.extracting((indicator) -> indicator.getClass().getName())
					.isEqualTo(this.line.indicator());
				assertThat(loaded).contains(this.line.autoConfiguration())
					.doesNotContain(other.autoConfiguration(), other.indicator());
			});
	}

	@Test
	void backsOffForAnIndicatorOfTheApplication() {
		Object mine = new Object();
		this.enabled.withBean(INDICATOR, Object.class, () -> mine)
			.run((context) -> assertThat(context.getBean(INDICATOR)).isSameAs(mine));
	}

	@Test
	void isUpWhileTheTableIsStillToBeCreated() {
		health(this.enabled, (health) -> {
			assertThat(health.status()).as(health.toString()).isEqualTo("UP");
			assertThat(health.client()).containsEntry("status", "MISSING").containsEntry("region", "us-east-1");
		});
	}

	@Test
	void isUpWhenTheTableIsActive() {
		this.enabled.run((context) -> {
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			Health health = Health.in(context);
			assertThat(health.status()).as(health.toString()).isEqualTo("UP");
			assertThat(health.client()).containsEntry("status", "ACTIVE")
				.containsKey("table")
				.doesNotContainKey("error");
		});
	}

	@Test
	void isDownAndNamesTheCauseWhenTheTableIsMissingForGood() {
		health(this.enabled.withPropertyValues("dynlock.table-creation.mode=none", "dynlock.table=nowhere"),
				(health) -> {
					assertThat(health.status()).as(health.toString()).isEqualTo("DOWN");
					assertThat(health.client()).containsEntry("table", "nowhere")
						.hasEntrySatisfying("error",
								(error) -> assertThat(error).asString().contains("'nowhere' does not exist"));
				});
	}

	@Test
	void isDownInTimeWhenNobodyAnswersAndTellsNoSecret() {
		health(this.enabled.withPropertyValues("dynlock.endpoint=http://127.0.0.1:1"), (health) -> {
			assertThat(health.status()).as(health.toString()).isEqualTo("DOWN");
			assertThat(health.client()).containsKey("error");
			assertThat(health.toString()).doesNotContain("anysecret");
		});
	}

	private static void health(ApplicationContextRunner runner, Consumer<Health> test) {
		runner.run((context) -> test.accept(Health.in(context)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * What is where in a line of Spring Boot.
	 *
	 * @param packageName the package of its types
	 * @param indicator dynlock's indicator for it
	 * @param autoConfiguration what adds that
	 */
	private record Line(String packageName, String indicator, String autoConfiguration) {

		boolean isPresent() {
			return ClassUtils.isPresent(nameOfTypeOfIndicators(), null);
		}

		Class<?> typeOfIndicators() {
			return ClassUtils.resolveClassName(nameOfTypeOfIndicators(), null);
		}

		private String nameOfTypeOfIndicators() {
			return this.packageName + ".HealthIndicator";
		}

	}

	/**
	 * What an indicator says.
	 *
	 * @param status its code
	 * @param client what there is to know of the default client
	 */
	private record Health(String status, Map<String, Object> client) {

		@SuppressWarnings("unchecked")
		static Health in(ApplicationContext context) {
			Object health = ReflectionTestUtils.invokeMethod(context.getBean(INDICATOR), "health");
			var details = (Map<String, Map<String, Object>>) get(health, "details");
			return new Health(get(health, "status").toString(), details.get("default"));
		}

		private static Object get(Object target, String property) {
			return Objects.requireNonNull(ReflectionTestUtils.invokeGetterMethod(target, property));
		}

	}

}
