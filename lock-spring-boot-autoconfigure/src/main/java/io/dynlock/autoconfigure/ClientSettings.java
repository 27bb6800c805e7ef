package io.dynlock.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockConfigurationException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * The properties of one client, and where they are from.
 */
final class ClientSettings {

	/** The client that is configured directly under {@code dynlock}. */
	static final String DEFAULT = DistributedLockTemplate.DEFAULT_NAME;

	private static final ConfigurationPropertyName DYNLOCK = ConfigurationPropertyName.of("dynlock");

	private static final ConfigurationPropertyName CLIENTS = DYNLOCK.append("clients");

	private static final ConfigurationPropertyName CREDENTIALS = DYNLOCK.append("credentials");

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

	private final String name;

	private final ConfigurationPropertyName prefix;

	private final DynlockClientProperties properties;

	private final List<ConfigurationPropertySource> sources;

	private ClientSettings(String name, ConfigurationPropertyName prefix, DynlockClientProperties properties,
			List<ConfigurationPropertySource> sources) {
		this.name = name;
		this.prefix = prefix;
		this.properties = properties;
		this.sources = sources;
	}

	/** Those of the default client. */
	static ClientSettings ofDefault(DynlockClientProperties properties, Environment environment) {
		return new ClientSettings(DEFAULT, DYNLOCK, properties, sources(environment));
	}

	/**
	 * Those of a named client, with what it inherits.
	 * @param name the name
	 * @param environment has the properties
	 */
	static ClientSettings ofNamed(String name, Environment environment) {
		ConfigurationPropertyName prefix = CLIENTS.append(name);
		List<ConfigurationPropertySource> own = sources(environment);
		List<ConfigurationPropertyName> notInherited = contains(own, prefix.append("credentials"))
				? List.of(CLIENTS, CREDENTIALS) : List.of(CLIENTS);
		List<ConfigurationPropertySource> all = new ArrayList<>(own);
		own.forEach((source) -> all.add(new InheritingSource(source, prefix, notInherited)));
		DynlockClientProperties properties = new Binder(all, new PropertySourcesPlaceholdersResolver(environment))
			.bindOrCreate(prefix.toString(), Bindable.of(DynlockClientProperties.class));
		return new ClientSettings(name, prefix, properties, own);
	}

	/**
	 * The names of the clients. Where sources spell one differently, as environment
	 * variables do, which have no dashes, it is called what the least of them says.
	 * @param environment has the properties
	 * @throws LockConfigurationException if a name cannot be
	 */
	static List<String> names(Environment environment) {
		Map<ConfigurationPropertyName, String> names = new LinkedHashMap<>();
		Binder.get(environment)
			.bind(CLIENTS, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of)
			.keySet()
			.forEach((name) -> names.put(CLIENTS.append(verified(name)), name));
		return List.copyOf(names.values());
	}

	private static String verified(String name) {
		if (!NAME.matcher(name).matches() || name.equals(DEFAULT)) {
			throw new LockConfigurationException("No client of dynlock.clients can be called '" + name + "'.",
					"Use at most 64 lower-case letters, digits and dashes, and a letter first; 'default' is what"
							+ " is configured directly under dynlock.");
		}
		return name;
	}

	private static List<ConfigurationPropertySource> sources(Environment environment) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false).toList();
	}

	private static boolean contains(List<ConfigurationPropertySource> sources, ConfigurationPropertyName name) {
		return sources.stream()
			.anyMatch((source) -> source.getConfigurationProperty(name) != null
					|| source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT);
	}

	String name() {
		return this.name;
	}

	boolean isDefault() {
		return this.prefix.equals(DYNLOCK);
	}

	DynlockClientProperties properties() {
		return this.properties;
	}

	/** Whether something is said of this client itself, or of part of it. */
	boolean has(String property) {
		return contains(this.sources, this.prefix.append(property));
	}

	/**
	 * The full name of a property: that of the default client, if it is inherited.
	 * @param property its name, without a prefix
	 */
	String nameOf(String property) {
		return (has(property) ? this.prefix : DYNLOCK).append(property).toString();
	}

	/**
	 * A text of the library, which knows the properties of the default client only, with
	 * the names of this client's.
	 * @param text the text
	 */
	String withOwnNames(String text) {
		return text.replace(DYNLOCK + ".", this.prefix + ".");
	}

}
