package io.dynlock.autoconfigure.observation;

import io.dynlock.autoconfigure.DynlockAutoConfiguration;
import io.dynlock.autoconfigure.DynlockTemplateCustomizer;
import io.dynlock.observation.AcquireObservationConvention;
import io.dynlock.observation.DefaultAcquireObservationConvention;
import io.dynlock.observation.DefaultHoldObservationConvention;
import io.dynlock.observation.HoldObservationConvention;
import io.dynlock.observation.LockMeterHandler;
import io.dynlock.observation.ObservationLockListener;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the observations, where the application has an
 * {@link ObservationRegistry}.
 */
@AutoConfiguration(before = DynlockAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnProperty(name = "dynlock.enabled", matchIfMissing = true)
public final class DynlockObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ObservationLockListener.class)
	DynlockTemplateCustomizer observationDynlockTemplateCustomizer(ObservationRegistry registry,
			ObjectProvider<AcquireObservationConvention> acquireConvention,
			ObjectProvider<HoldObservationConvention> holdConvention) {
		return (client,
				builder) -> builder.listener(new ObservationLockListener(registry, client,
						acquireConvention.getIfUnique(DefaultAcquireObservationConvention::new),
						holdConvention.getIfUnique(DefaultHoldObservationConvention::new)));
	}

	/** Only where there are meters. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterObservationHandler.class)
	static class MetersConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		LockMeterHandler lockMeterHandler() {
			return new LockMeterHandler();
		}

	}

}
