package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockListener;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Makes the clients: the default one from what the application has, the named ones from
 * their properties alone.
 */
final class LockClientFactory {

	private static final Logger logger = LoggerFactory.getLogger(LockClientFactory.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	private final Connections connections;

	private final ObjectProvider<DynamoDbClient> clients;

	LockClientFactory(ConfigurableListableBeanFactory beanFactory, Environment environment, Connections connections,
			ObjectProvider<DynamoDbClient> clients) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.connections = connections;
		this.clients = clients;
	}

	/** The SDK's client of the default client. */
	DynamoDbClient defaultConnection(DynlockClientProperties properties) {
		return this.connections.connect(ClientSettings.ofDefault(properties, this.environment));
	}

	/** The options of the default client. */
	LockOptions defaultOptions(DynlockClientProperties properties) {
		return options(ClientSettings.ofDefault(properties, this.environment));
	}

	/** The options of the table of the default client. */
	TableOptions defaultTableOptions(DynlockClientProperties properties) {
		return tableOptions(ClientSettings.ofDefault(properties, this.environment));
	}

	/** The template of the default client. */
	DistributedLockTemplate defaultTemplate(DynamoDbClient connection, LockOptions options, TableOptions tableOptions,
			DynlockClientProperties properties) {
		ClientSettings settings = ClientSettings.ofDefault(properties, this.environment);
		this.connections.verify(settings, connection);
		return template(settings, connection, options, tableOptions);
	}

	/** The SDK's client of a named client, which may be that of the default client. */
	ClientConnection namedConnection(String name) {
		ClientSettings settings = ClientSettings.ofNamed(name, this.environment);
		if (!this.connections.isApart(settings)) {
			DynamoDbClient shared = this.clients.getIfAvailable();
			if (shared != null) {
				return ClientConnection.shared(shared);
			}
		}
		return ClientConnection.own(this.connections.connect(settings));
	}

	/** The template of a named client. */
	DistributedLockTemplate namedTemplate(String name, ClientConnection connection) {
		ClientSettings settings = ClientSettings.ofNamed(name, this.environment);
		return template(settings, connection.client(), options(settings), tableOptions(settings));
	}

	private LockOptions options(ClientSettings settings) {
		LockOptions.Builder options = new OptionsMapper(settings).lockOptions();
		this.beanFactory.getBeanProvider(DynlockLockOptionsCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> customizer.customize(settings.name(), options));
		return options.build();
	}

	private TableOptions tableOptions(ClientSettings settings) {
		TableOptions.Builder options = new OptionsMapper(settings).tableOptions();
		this.beanFactory.getBeanProvider(DynlockTableOptionsCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> customizer.customize(settings.name(), options));
		return options.build();
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
		DistributedLockTemplate template = builder.build();
		logger.info("Lock client '{}': table '{}', {}, lease {} ({})", template.name(), template.tableOptions().table(),
				ConnectionFacts.of(connection), template.options().leaseDuration(), template.options().leaseMode());
		return template;
	}

}
