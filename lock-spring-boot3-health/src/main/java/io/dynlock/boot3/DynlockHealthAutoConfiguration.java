package io.dynlock.boot3;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.autoconfigure.DynlockAutoConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health indicator of Spring Boot 3, where it is asked for. In
 * Spring Boot 4 its condition is not met, and that of
 * {@link io.dynlock.autoconfigure.actuate.DynlockHealthAutoConfiguration} is.
 */
@AutoConfiguration(after = DynlockAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(DistributedLockTemplate.class)
@ConditionalOnProperty("management.health.dynlock.enabled")
public final class DynlockHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "dynlockHealthIndicator")
	LockTableHealthIndicator dynlockHealthIndicator(ListableBeanFactory beanFactory) {
		return new LockTableHealthIndicator(beanFactory);
	}

}
