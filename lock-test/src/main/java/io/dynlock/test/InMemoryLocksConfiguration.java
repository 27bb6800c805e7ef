package io.dynlock.test;

import io.dynlock.TableOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A client of the application, from the point of view of the starter.
 */
@Configuration(proxyBeanMethods = false)
class InMemoryLocksConfiguration {

	@Bean
	InMemoryDynamoDb inMemoryDynamoDb() {
		return new InMemoryDynamoDb();
	}

	@Bean(destroyMethod = "")
	DynamoDbClient inMemoryDynamoDbClient(InMemoryDynamoDb dynamoDb) {
		return dynamoDb.client();
	}

	@Bean
	OtherProcess otherProcess(DynamoDbClient inMemoryDynamoDbClient, TableOptions table) {
		return new OtherProcess(inMemoryDynamoDbClient, table);
	}

}
