package io.dynlock.autoconfigure.actuate;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.actuate.LockEndpoint;
import io.dynlock.autoconfigure.DynlockAutoConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the {@link LockEndpoint}, where it is exposed.
 */
@AutoConfiguration(after = DynlockAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(DistributedLockTemplate.class)
@ConditionalOnAvailableEndpoint(LockEndpoint.class)
public final class DynlockEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LockEndpoint lockEndpoint(ListableBeanFactory beanFactory) {
		return new LockEndpoint(beanFactory);
	}

}
