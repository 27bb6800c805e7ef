package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockListener;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of distributed locks: a {@link DistributedLockTemplate} over the
 * application's {@link DynamoDbClient}, or one of its own.
 */
@AutoConfiguration(afterName = "io.awspring.cloud.autoconfigure.dynamodb.DynamoDbAutoConfiguration")
@ConditionalOnClass(DynamoDbClient.class)
@ConditionalOnProperty(name = "dynlock.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DynlockProperties.class)
@Import({ EmbeddedConfiguration.class, ClientConfiguration.class })
public final class DynlockAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LockOptions dynlockLockOptions(DynlockProperties properties) {
		return OptionsMapper.lockOptions(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	TableOptions dynlockTableOptions(DynlockProperties properties) {
		return OptionsMapper.tableOptions(properties);
	}

	@Bean
	@ConditionalOnMissingBean(DistributedLockOperations.class)
	DistributedLockTemplate distributedLockTemplate(DynamoDbClient client, LockOptions options,
			TableOptions tableOptions, DynlockProperties properties, ObjectProvider<LockListener> listeners,
			Environment environment) {
		DistributedLockTemplate.Builder builder = DistributedLockTemplate.builder(client)
			.options(options)
			.tableOptions(tableOptions);
		listeners.orderedStream().forEach(builder::listener);
		OptionsMapper.map("close-timeout", properties.closeTimeout(), builder::closeTimeout);
		OptionsMapper.map("request-threads", properties.requestThreads(), builder::requestThreads);
		OptionsMapper.map("hand-off.max-count", properties.handOff().maxCount(), builder::handOffMaxCount);
		OptionsMapper.map("hand-off.max-duration", properties.handOff().maxDuration(), builder::handOffMaxDuration);
		OptionsMapper.map("owner", properties.owner(), builder::owner);
		if (properties.owner() == null) {
			String application = environment.getProperty("spring.application.name");
			OptionsMapper.apply("spring.application.name",
					StringUtils.hasText(application) ? application : "application", builder::application);
		}
		return builder.build();
	}

}
