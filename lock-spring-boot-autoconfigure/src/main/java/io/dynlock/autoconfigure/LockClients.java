package io.dynlock.autoconfigure;

import java.util.Arrays;
import java.util.Optional;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.LockListener;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Makes the clients: the default one from what the application has, the named ones from
 * their properties alone.
 */
final class LockClients {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	LockClients(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	/** The SDK's client of the default client. */
	DynamoDbClient defaultConnection(DynlockClientProperties properties) {
		return connect(ClientSettings.ofDefault(properties, this.environment));
	}

	/** The template of the default client. */
	DistributedLockTemplate defaultTemplate(DynamoDbClient connection, LockOptions options, TableOptions tableOptions,
			DynlockClientProperties properties) {
		return template(ClientSettings.ofDefault(properties, this.environment), connection, options, tableOptions);
	}

	/** The SDK's client of a named client, which may be that of the default client. */
	ClientConnection namedConnection(String name) {
		ClientSettings settings = ClientSettings.ofNamed(name, this.environment);
		if (!isApart(settings)) {
			DynamoDbClient shared = this.beanFactory.getBeanProvider(DynamoDbClient.class).getIfAvailable();
			if (shared != null) {
				return ClientConnection.shared(shared);
			}
		}
		return ClientConnection.own(connect(settings));
	}

	/** The template of a named client. */
	DistributedLockTemplate namedTemplate(String name, ClientConnection connection) {
		ClientSettings settings = ClientSettings.ofNamed(name, this.environment);
		OptionsMapper mapper = new OptionsMapper(settings);
		return template(settings, connection.client(), mapper.lockOptions(), mapper.tableOptions());
	}

	private boolean isApart(ClientSettings settings) {
		return settings.has("region") || settings.has("endpoint") || settings.has("credentials")
				|| qualified(AwsCredentialsProvider.class, settings.name()).isPresent();
	}

	private DynamoDbClient connect(ClientSettings settings) {
		DynamoDbClients.Builder builder = DynamoDbClients.builder();
		new OptionsMapper(settings).configure(builder);
		// not the bean itself: the SDK's client would close it, and others may use it
		credentials(settings).ifPresent((credentials) -> builder.credentials(() -> credentials.resolveCredentials()));
		return builder.build();
	}

	private Optional<AwsCredentialsProvider> credentials(ClientSettings settings) {
		return qualified(AwsCredentialsProvider.class, settings.name()).or(() -> ConfiguredCredentials.of(settings))
			.or(() -> Optional
				.ofNullable(this.beanFactory.getBeanProvider(AwsCredentialsProvider.class).getIfAvailable()));
	}

	private <T> Optional<T> qualified(Class<T> type, String qualifier) {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(type))
			.filter((bean) -> BeanFactoryAnnotationUtils.isQualifierMatch(qualifier::equals, bean, this.beanFactory))
			.findFirst()
			.map((bean) -> this.beanFactory.getBean(bean, type));
	}

	private DistributedLockTemplate template(ClientSettings settings, DynamoDbClient connection, LockOptions options,
			TableOptions tableOptions) {
		DistributedLockTemplate.Builder builder = DistributedLockTemplate.builder(connection)
			.name(settings.name())
			.options(options)
			.tableOptions(tableOptions);
		if (settings.properties().owner() == null) {
			String application = this.environment.getProperty("spring.application.name");
			OptionsMapper.apply("spring.application.name",
					StringUtils.hasText(application) ? application : "application", builder::application);
		}
		new OptionsMapper(settings).configure(builder);
		this.beanFactory.getBeanProvider(LockListener.class).orderedStream().forEach(builder::listener);
		this.beanFactory.getBeanProvider(DynlockTemplateCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> customizer.customize(settings.name(), builder));
		return builder.build();
	}

}
