package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockTemplate;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a template for each of {@code dynlock.clients}, to be had by its qualifier
 * only. The definitions name a method and its arguments, which is what ahead-of-time
 * processing understands.
 */
final class NamedClientRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	NamedClientRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		ClientSettings.names(this.environment).forEach((name) -> register(name, registry));
	}

	private static void register(String name, BeanDefinitionRegistry registry) {
		String connectionName = "dynlockConnection-" + name;
		registry.registerBeanDefinition(connectionName, definition(ClientConnection.class, "namedConnection", name));
		RootBeanDefinition template = definition(DistributedLockTemplate.class, "namedTemplate", name);
		template.getConstructorArgumentValues().addIndexedArgumentValue(1, new RuntimeBeanReference(connectionName));
		template.setDefaultCandidate(false);
		template.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		registry.registerBeanDefinition("distributedLockTemplate-" + name, template);
	}

	private static RootBeanDefinition definition(Class<?> type, String method, String name) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setFactoryBeanName("dynlockLockClientFactory");
		definition.setFactoryMethodName(method);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.setResourceDescription("dynlock.clients." + name);
		return definition;
	}

}
