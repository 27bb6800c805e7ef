package io.dynlock.torture;

import java.util.Map;
import java.util.Set;

import io.dynlock.torture.worker.Subject;

/**
 * Reads the command line.
 */
final class CommandLine {

	static final String USAGE = "Usage: [--duration 2m] [--seed 1] [--subject " + Subject.names("|") + "]";

	private static final Set<String> OPTIONS = Set.of("--duration", "--seed", "--subject");

	private CommandLine() {
	}

	static Settings parse(String... args) {
		Settings settings = Settings.withDefaults();
		for (Map.Entry<String, String> option : Options.read(OPTIONS, USAGE, args).entrySet()) {
			String value = option.getValue();
			settings = switch (option.getKey()) {
				case "--duration" -> settings.withDuration(Options.duration(value));
				case "--seed" -> settings.withSeed(seed(value));
				default -> settings.withSubject(Subject.of(value));
			};
		}
		return settings;
	}

	private static long seed(String value) {
		try {
			return Long.parseLong(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("Not a seed: " + value + "; use a whole number", ex);
		}
	}

}
