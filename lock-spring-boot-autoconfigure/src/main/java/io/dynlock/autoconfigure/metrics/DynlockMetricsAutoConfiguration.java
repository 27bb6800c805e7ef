package io.dynlock.autoconfigure.metrics;

import io.dynlock.autoconfigure.DynlockAutoConfiguration;
import io.dynlock.autoconfigure.DynlockTemplateCustomizer;
import io.dynlock.metrics.MicrometerLockListener;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters, where the application has a {@link MeterRegistry}.
 */
@AutoConfiguration(before = DynlockAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnProperty(name = { "dynlock.enabled", "dynlock.metrics.enabled" }, matchIfMissing = true)
public final class DynlockMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(MicrometerLockListener.class)
	DynlockTemplateCustomizer micrometerDynlockTemplateCustomizer(MeterRegistry registry) {
		return (client, builder) -> builder.listener(new MicrometerLockListener(registry, client));
	}

}
