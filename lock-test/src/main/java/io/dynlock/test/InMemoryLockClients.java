package io.dynlock.test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.dynlock.autoconfigure.DynlockAutoConfiguration;
import io.dynlock.autoconfigure.DynlockConnectionDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has all lock clients of an application make their connections in memory, in the regions
 * that its properties name. It works on the definitions of the beans, when they are
 * complete: conditions have been evaluated as they are without this, and nothing has
 * connected yet.
 */
final class InMemoryLockClients implements BeanFactoryPostProcessor {

	/** As the starter calls the client that it makes for the default lock client. */
	static final String CLIENT = "dynlockDynamoDbClient";

	private static final String FACTORY = "dynlockLockClientFactory";

	private static final String TEMPLATE = "distributedLockTemplate";

	private static final String CONNECTION_PREFIX = "dynlockConnection-";

	private final ConfigurableEnvironment environment;

	InMemoryLockClients(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beanFactory;
		boolean hasOwnClient = hasOwnClient(beanFactory);
		if (registry.containsBeanDefinition(FACTORY)) {
			nameRegion();
			Starter.redirect(beanFactory, registry);
		}
		if (!registry.containsBeanDefinition(CLIENT)) {
			registry.registerBeanDefinition(CLIENT, client(registry, !hasOwnClient));
		}
	}

	private static boolean hasOwnClient(ConfigurableListableBeanFactory beanFactory) {
		return Arrays
			.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, DynamoDbClient.class, true, false))
			.anyMatch((name) -> !name.equals(CLIENT));
	}

	/** Else the SDK would look for a region, as far away as on the network. */
	private void nameRegion() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("inMemoryLocks", Map.of("dynlock.region", InMemoryDynamoDb.DEFAULT_REGION)));
	}

	/** What the application has injected is its own client, if there is one. */
	private static BeanDefinition client(BeanDefinitionRegistry registry, boolean defaultCandidate) {
		RootBeanDefinition client = new RootBeanDefinition(DynamoDbClient.class);
		client.setDefaultCandidate(defaultCandidate);
		if (registry.containsBeanDefinition(FACTORY)) {
			client.setFactoryBeanName(FACTORY);
			client.setFactoryMethodName("defaultConnection");
			client.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
			client.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
		}
		else {
			client.setFactoryBeanName("inMemoryDynamoDb");
			client.setFactoryMethodName("client");
		}
		return client;
	}

	/** Kept apart, because it needs the optional module. */
	private static final class Starter {

		static void redirect(ConfigurableListableBeanFactory beanFactory, BeanDefinitionRegistry registry) {
			// they say where else DynamoDB is, and may not know who signs
			Arrays.stream(beanFactory.getBeanNamesForType(DynlockConnectionDetails.class, true, false))
				.filter(registry::containsBeanDefinition)
				.forEach(registry::removeBeanDefinition);
			registry.registerBeanDefinition("inMemoryLocksConnection",
					new RootBeanDefinition(InMemoryConnectionDetails.class));
			names(registry).forEach((name) -> registry.registerBeanDefinition("inMemoryLocksConnection-" + name,
					connectionOfItsOwn(name)));
			RootBeanDefinition customizer = new RootBeanDefinition(InMemoryClientCustomizer.class);
			customizer.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
			registry.registerBeanDefinition("inMemoryLocksClientCustomizer", customizer);
			if (registry.containsBeanDefinition(TEMPLATE)) {
				useOwnClient(registry.getBeanDefinition(TEMPLATE));
			}
		}

		private static List<String> names(BeanDefinitionRegistry registry) {
			return Arrays.stream(registry.getBeanDefinitionNames())
				.filter((name) -> name.startsWith(CONNECTION_PREFIX))
				.map((name) -> name.substring(CONNECTION_PREFIX.length()))
				.toList();
		}

		/** A lock client of which nothing is said shares the application's client. */
		private static BeanDefinition connectionOfItsOwn(String name) {
			RootBeanDefinition details = new RootBeanDefinition(InMemoryConnectionDetails.class);
			details.setDefaultCandidate(false);
			details.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
			return details;
		}

		/** Not any that the application has. */
		private static void useOwnClient(BeanDefinition template) {
			if (template instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null
					&& annotated.getFactoryMethodMetadata()
						.getDeclaringClassName()
						.equals(DynlockAutoConfiguration.class.getName())) {
				template.getConstructorArgumentValues()
					.addGenericArgumentValue(new RuntimeBeanReference(CLIENT), DynamoDbClient.class.getName());
			}
		}

	}

}
