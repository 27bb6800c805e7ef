package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of distributed locks: a {@link DistributedLockTemplate} over the
 * application's {@link DynamoDbClient}, or one of its own, and one for each of
 * {@code dynlock.clients}.
 */
@AutoConfiguration(afterName = "io.awspring.cloud.autoconfigure.dynamodb.DynamoDbAutoConfiguration")
@ConditionalOnClass(DynamoDbClient.class)
@ConditionalOnProperty(name = "dynlock.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ DynlockProperties.class, DynlockClientProperties.class })
@Import({ EmbeddedConfiguration.class, ClientConfiguration.class, NamedClientRegistrar.class })
public final class DynlockAutoConfiguration {

	@Bean
	LockClientFactory dynlockLockClientFactory(ConfigurableListableBeanFactory beanFactory, Environment environment,
			ObjectProvider<DynlockConnectionDetails> details, ObjectProvider<AwsCredentialsProvider> credentials,
			ObjectProvider<DynamoDbClient> clients) {
		return new LockClientFactory(beanFactory, environment, new Connections(beanFactory, details, credentials),
				clients);
	}

	@Bean
	@ConditionalOnMissingBean
	LockOptions dynlockLockOptions(DynlockClientProperties properties, LockClientFactory clients) {
		return clients.defaultOptions(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	TableOptions dynlockTableOptions(DynlockClientProperties properties, LockClientFactory clients) {
		return clients.defaultTableOptions(properties);
	}

	@Bean
	@ConditionalOnMissingBean(DistributedLockOperations.class)
	DistributedLockTemplate distributedLockTemplate(DynamoDbClient client, LockOptions options,
			TableOptions tableOptions, DynlockClientProperties properties, LockClientFactory clients) {
		return clients.defaultTemplate(client, options, tableOptions, properties);
	}

	@Bean
	LockShutdown dynlockShutdown(ApplicationContext context, ConfigurableListableBeanFactory beanFactory,
			DynlockProperties properties) {
		return new LockShutdown(context, () -> LockShutdown.existing(beanFactory), properties.shutdown());
	}

}
