package io.dynlock.autoconfigure;

import io.dynlock.DynamoDbClients;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * DynamoDB Local inside the application, and a client for it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("dynlock.embedded.enabled")
class EmbeddedConfiguration {

	@Bean
	EmbeddedServer dynlockEmbeddedServer(DynlockProperties properties, Environment environment,
			ListableBeanFactory beanFactory) {
		EmbeddedGuard.refuseInProduction(properties, environment, beanFactory);
		return EmbeddedServer.start(properties.embedded());
	}

	@Bean
	DynamoDbClient dynlockEmbeddedDynamoDbClient(EmbeddedServer server) {
		return DynamoDbClients.builder().endpoint(server.endpoint()).local().build();
	}

}
