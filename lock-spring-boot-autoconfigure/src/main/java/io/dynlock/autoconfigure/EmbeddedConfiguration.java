package io.dynlock.autoconfigure;

import io.dynlock.DynamoDbClients;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * DynamoDB Local inside the application, and a client for it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("dynlock.embedded.enabled")
class EmbeddedConfiguration {

	@Bean
	EmbeddedServer dynlockEmbeddedServer(DynlockProperties properties, Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		EmbeddedGuard.refuseInProduction(environment, beanFactory);
		return EmbeddedServer.start(properties.embedded(), beanFactory.getBeanClassLoader());
	}

	@Bean
	DynamoDbClient dynlockEmbeddedDynamoDbClient(EmbeddedServer server) {
		return DynamoDbClients.builder().endpoint(server.endpoint()).local().build();
	}

}
