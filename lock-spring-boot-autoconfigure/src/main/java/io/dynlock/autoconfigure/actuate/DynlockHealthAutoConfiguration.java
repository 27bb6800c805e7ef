package io.dynlock.autoconfigure.actuate;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.actuate.LockTableHealthIndicator;
import io.dynlock.autoconfigure.DynlockAutoConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health indicator, where it is asked for: it makes a request
 * each time, and an application may well be healthy while it cannot lock.
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
