package io.dynlock.testing;

import java.util.Arrays;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.util.ClassUtils;

/**
 * Auto-configurations that moved to another package with Spring Boot 4. Tests name them
 * through here, so that they run on every line.
 */
public final class MovedAutoConfigurations {

	private MovedAutoConfigurations() {
	}

	/** A data source, its transactions and a template. */
	public static AutoConfigurations jdbc() {
		return AutoConfigurations.of(Stream
			.concat(either("jdbc.autoconfigure", "autoconfigure.jdbc", "DataSourceAutoConfiguration",
					"DataSourceTransactionManagerAutoConfiguration", "JdbcTemplateAutoConfiguration"),
					either("transaction.autoconfigure", "autoconfigure.transaction", "TransactionAutoConfiguration"))
			.toArray(Class<?>[]::new));
	}

	/** Meters, and a registry in memory. */
	public static AutoConfigurations metrics() {
		return AutoConfigurations
			.of(either("micrometer.metrics.autoconfigure", "actuate.autoconfigure.metrics", "MetricsAutoConfiguration",
					"CompositeMeterRegistryAutoConfiguration", "export.simple.SimpleMetricsExportAutoConfiguration")
				.toArray(Class<?>[]::new));
	}

	private static Stream<Class<?>> either(String current, String former, String... names) {
		return Arrays.stream(names)
			.map((name) -> ClassUtils.resolveClassName(
					"org.springframework.boot." + (isPresent(current, name) ? current : former) + "." + name, null));
	}

	private static boolean isPresent(String packageName, String name) {
		return ClassUtils.isPresent("org.springframework.boot." + packageName + "." + name, null);
	}

}
