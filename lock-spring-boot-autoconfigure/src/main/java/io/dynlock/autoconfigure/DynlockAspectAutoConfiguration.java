package io.dynlock.autoconfigure;

import java.util.Arrays;

import io.dynlock.DistributedLockOperations;
import io.dynlock.aop.DistributedLockAdvisor;
import io.dynlock.aop.LockRuntimeHints;
import io.dynlock.aop.LockedMethodValidator;
import io.dynlock.autoconfigure.DynlockProperties.AspectProperties;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the aspect behind
 * {@link io.dynlock.annotation.WithDistributedLock}.
 */
@AutoConfiguration(after = DynlockAutoConfiguration.class)
@ConditionalOnClass(MethodInterceptor.class)
@ConditionalOnBean(DistributedLockOperations.class)
@ConditionalOnProperty(name = { "dynlock.enabled", "dynlock.aspect.enabled" }, matchIfMissing = true)
@Import(AutoProxyRegistrar.class)
@ImportRuntimeHints(LockRuntimeHints.class)
public final class DynlockAspectAutoConfiguration {

	/** Bound by hand: the bean of the properties would be created too early with it. */
	@Bean
	@ConditionalOnMissingBean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DistributedLockAdvisor distributedLockAdvisor(ObjectProvider<DistributedLockOperations> locks,
			ConfigurableListableBeanFactory beanFactory, Environment environment) {
		AspectProperties properties = Binder.get(environment).bindOrCreate("dynlock.aspect", AspectProperties.class);
		return new DistributedLockAdvisor(locks::getObject, beanFactory, properties.order());
	}

	/**
	 * Without AspectJ, only advisors of the infrastructure are heeded: one that the
	 * application declares, in whatever way, would be passed over, and nothing locked.
	 */
	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BeanFactoryPostProcessor dynlockAdvisorRole() {
		return (beanFactory) -> Arrays
			.stream(beanFactory.getBeanNamesForType(DistributedLockAdvisor.class, true, false))
			.filter(beanFactory::containsBeanDefinition)
			.map(beanFactory::getBeanDefinition)
			.forEach((definition) -> definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE));
	}

	@Bean
	@ConditionalOnMissingBean
	LockedMethodValidator lockedMethodValidator(ConfigurableListableBeanFactory beanFactory,
			DistributedLockAdvisor advisor) {
		return new LockedMethodValidator(beanFactory, advisor);
	}

}
