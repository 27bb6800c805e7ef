package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DynamoDbClients;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ObjectProvider;
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
	DynamoDbClient dynlockDynamoDbClient(DynlockProperties properties,
			ObjectProvider<AwsCredentialsProvider> credentials) {
		DynamoDbClients.Builder builder = DynamoDbClients.builder();
		OptionsMapper.map("region", properties.region(), builder::region);
		OptionsMapper.map("endpoint", properties.endpoint(), builder::endpoint);
		credentials.ifAvailable(builder::credentials);
		return builder.build();
	}

}
