package io.dynlock.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Shows what a source says under {@code dynlock} once more under the name of a client, so
 * that the client inherits it property by property.
 */
final class InheritingSource implements IterableConfigurationPropertySource {

	private static final ConfigurationPropertyName DYNLOCK = ConfigurationPropertyName.of("dynlock");

	private final ConfigurationPropertySource source;

	private final ConfigurationPropertyName client;

	private final List<ConfigurationPropertyName> notInherited;

	/**
	 * Creates a source.
	 * @param source what is inherited
	 * @param client under which name
	 * @param notInherited parts of the source that are left out
	 */
	InheritingSource(ConfigurationPropertySource source, ConfigurationPropertyName client,
			List<ConfigurationPropertyName> notInherited) {
		this.source = source;
		this.client = client;
		this.notInherited = notInherited;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
		if (name == null || !this.client.isAncestorOf(name)) {
			return null;
		}
		ConfigurationPropertyName inherited = inherited(name);
		return isInherited(inherited) ? this.source.getConfigurationProperty(inherited) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		if (!this.client.equals(name) && !this.client.isAncestorOf(name)) {
			return ConfigurationPropertyState.ABSENT;
		}
		ConfigurationPropertyName inherited = inherited(name);
		return isInherited(inherited) ? this.source.containsDescendantOf(inherited) : ConfigurationPropertyState.ABSENT;
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		if (!(this.source instanceof IterableConfigurationPropertySource iterable)) {
			return Stream.empty();
		}
		return iterable.stream()
			.filter((name) -> DYNLOCK.isAncestorOf(name) && isInherited(name))
			.map((name) -> this.client.append(name.subName(DYNLOCK.getNumberOfElements())));
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

	private ConfigurationPropertyName inherited(ConfigurationPropertyName name) {
		return DYNLOCK.append(name.subName(this.client.getNumberOfElements()));
	}

	private boolean isInherited(ConfigurationPropertyName name) {
		return this.notInherited.stream().noneMatch((part) -> part.equals(name) || part.isAncestorOf(name));
	}

}
