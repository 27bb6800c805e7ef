package io.dynlock.test;

import io.dynlock.TableOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * What {@link InMemoryLocks} adds to an application.
 */
@Configuration(proxyBeanMethods = false)
class InMemoryLocksConfiguration {

	@Bean
	static InMemoryLockClients inMemoryLockClients(ConfigurableEnvironment environment) {
		return new InMemoryLockClients(environment);
	}

	@Bean
	InMemoryDynamoDb inMemoryDynamoDb(Environment environment) {
		return InMemoryDynamoDb
			.withEveryTable(environment.getProperty("dynlock.region", InMemoryDynamoDb.DEFAULT_REGION));
	}

	@Bean
	OtherProcess otherProcess(@Qualifier(InMemoryLockClients.CLIENT) DynamoDbClient client, TableOptions table) {
		return new OtherProcess(client, table);
	}

}
