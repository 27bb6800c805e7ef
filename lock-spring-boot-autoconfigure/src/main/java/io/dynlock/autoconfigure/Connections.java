package io.dynlock.autoconfigure;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

import io.dynlock.DynamoDbClients;
import io.dynlock.LockConfigurationException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the SDK's clients, from the properties and the beans that take their place.
 */
final class Connections {

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<DynlockConnectionDetails> details;

	private final ObjectProvider<AwsCredentialsProvider> credentials;

	Connections(ConfigurableListableBeanFactory beanFactory, ObjectProvider<DynlockConnectionDetails> details,
			ObjectProvider<AwsCredentialsProvider> credentials) {
		this.beanFactory = beanFactory;
		this.details = details;
		this.credentials = credentials;
	}

	/**
	 * A client of the SDK.
	 * @param settings of the lock client that it is for
	 * @throws LockConfigurationException if the region or the credentials are missing
	 */
	DynamoDbClient connect(ClientSettings settings) {
		DynamoDbClients.Builder builder = DynamoDbClients.builder();
		new OptionsMapper(settings).configure(builder);
		details(settings).ifPresent((details) -> {
			details.region().ifPresent(builder::region);
			details.endpoint().ifPresent(builder::endpoint);
		});
		// not the bean itself: the SDK's client would close it, and others may use it
		credentials(settings).ifPresent((credentials) -> builder.credentials(() -> credentials.resolveCredentials()));
		this.beanFactory.getBeanProvider(DynlockDynamoDbClientCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> builder.customize((client) -> customizer.customize(settings.name(), client)));
		try {
			return builder.build();
		}
		catch (LockConfigurationException ex) {
			throw settings.isDefault() ? ex
					: new LockConfigurationException(
							"The client '" + settings.name() + "' of dynlock.clients cannot be made: " + ex.problem(),
							settings.withOwnNames(ex.remedy()), ex);
		}
	}

	/** Whether something about the connection is said of this client alone. */
	boolean isApart(ClientSettings settings) {
		return settings.has("region") || settings.has("endpoint") || settings.has("credentials")
				|| qualified(AwsCredentialsProvider.class, settings).isPresent()
				|| qualified(DynlockConnectionDetails.class, settings).isPresent();
	}

	/**
	 * Refuses a client of the application that goes elsewhere than the properties say:
	 * locks in the wrong place exclude nobody.
	 * @param settings of the default client
	 * @param client what it is to use
	 */
	void verify(ClientSettings settings, DynamoDbClient client) {
		Optional<DynlockConnectionDetails> details = details(settings);
		Optional<String> region = details.flatMap(DynlockConnectionDetails::region)
			.or(() -> Optional.ofNullable(settings.properties().region()));
		Optional<URI> endpoint = details.flatMap(DynlockConnectionDetails::endpoint)
			.or(() -> Optional.ofNullable(settings.properties().endpoint()));
		ConnectionFacts facts = ConnectionFacts.of(client);
		if (region.isPresent() && facts.region().isPresent() && !region.equals(facts.region())) {
			throw details.flatMap(DynlockConnectionDetails::region).isPresent()
					? conflictOfBean("a region, '" + region.get() + "'", facts)
					: conflict("dynlock.region is '" + region.get() + "'", facts);
		}
		if (endpoint.isPresent() && facts.region().isPresent() && !endpoint.equals(facts.endpoint())) {
			throw details.flatMap(DynlockConnectionDetails::endpoint).isPresent() ? conflictOfBean("an endpoint", facts)
					: conflict("dynlock.endpoint is set", facts);
		}
		if (ConfiguredCredentials.areSet(settings) && !this.beanFactory.containsBean("dynlockDynamoDbClient")) {
			throw conflict("dynlock.credentials are set", facts);
		}
	}

	private static LockConfigurationException conflict(String setting, ConnectionFacts facts) {
		return conflict(setting, facts, "Remove the setting");
	}

	private static LockConfigurationException conflictOfBean(String what, ConnectionFacts facts) {
		return conflict("The DynlockConnectionDetails bean gives " + what, facts,
				"Have the bean leave it out, or remove the bean");
	}

	private static LockConfigurationException conflict(String setting, ConnectionFacts facts, String remedy) {
		return new LockConfigurationException(
				setting + ", but locks would use the DynamoDbClient of the application, which is another one (" + facts
						+ ").",
				remedy + ", or make the application's client agree with it. For locks that are elsewhere than"
						+ " the application's data, configure a client under dynlock.clients.");
	}

	private Optional<DynlockConnectionDetails> details(ClientSettings settings) {
		return qualified(DynlockConnectionDetails.class, settings)
			.or(() -> Optional.ofNullable(this.details.getIfAvailable()));
	}

	private Optional<AwsCredentialsProvider> credentials(ClientSettings settings) {
		return details(settings).flatMap(DynlockConnectionDetails::credentials)
			.or(() -> qualified(AwsCredentialsProvider.class, settings))
			.or(() -> ConfiguredCredentials.of(settings))
			.or(() -> Optional.ofNullable(this.credentials.getIfAvailable()));
	}

	private <T> Optional<T> qualified(Class<T> type, ClientSettings settings) {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(type))
			.filter((bean) -> BeanFactoryAnnotationUtils.isQualifierMatch(settings.name()::equals, bean,
					this.beanFactory))
			.findFirst()
			.map((bean) -> this.beanFactory.getBean(bean, type));
	}

}
