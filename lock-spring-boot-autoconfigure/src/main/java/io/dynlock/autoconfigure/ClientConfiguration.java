package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockOperations;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A client of its own, where the application has none.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean({ DynamoDbClient.class, DistributedLockOperations.class })
class ClientConfiguration {

	@Bean
	DynamoDbClient dynlockDynamoDbClient(DynlockClientProperties properties, LockClientFactory clients) {
		return clients.defaultConnection(properties);
	}

}
