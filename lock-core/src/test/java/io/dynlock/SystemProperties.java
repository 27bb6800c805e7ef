package io.dynlock;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * System properties as a test needs them, until it ends.
 */
final class SystemProperties implements AutoCloseable {

	private final Map<String, Optional<String>> before = new HashMap<>();

	SystemProperties set(String name, String value) {
		remember(name);
		System.setProperty(name, value);
		return this;
	}

	SystemProperties clear(String name) {
		remember(name);
		System.clearProperty(name);
		return this;
	}

	private void remember(String name) {
		this.before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
	}

	@Override
	public void close() {
		this.before.forEach((name, value) -> value.ifPresentOrElse((old) -> System.setProperty(name, old),
				() -> System.clearProperty(name)));
	}

}
