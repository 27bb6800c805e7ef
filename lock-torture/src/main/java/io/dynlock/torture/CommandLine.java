package io.dynlock.torture;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import io.dynlock.torture.worker.Subject;

/**
 * Reads the command line.
 */
final class CommandLine {

	static final String USAGE = "Usage: [--duration 2m] [--seed 1]"
			+ " [--subject dynlock|no-exclusion|deaf|never-released]";

	private CommandLine() {
	}

	static Settings parse(String... args) {
		Settings settings = Settings.withDefaults();
		for (int i = 0; i < args.length; i += 2) {
			String option = args[i];
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("No value for " + option + ". " + USAGE);
			}
			String value = args[i + 1];
			settings = switch (option) {
				case "--duration" -> settings.withDuration(duration(value));
				case "--seed" -> settings.withSeed(seed(value));
				case "--subject" -> settings.withSubject(Subject.of(value));
				default -> throw new IllegalArgumentException("Not an option: " + option + ". " + USAGE);
			};
		}
		return settings;
	}

	private static Duration duration(String value) {
		try {
			return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("Not a duration: " + value + "; use for example 30s or 2m", ex);
		}
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
