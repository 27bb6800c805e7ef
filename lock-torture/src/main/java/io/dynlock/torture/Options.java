package io.dynlock.torture;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads options of a command line, each of which has a value.
 */
public final class Options {

	private Options() {
	}

	/**
	 * The values by option.
	 * @param known the options that there are
	 * @param usage what to tell whoever uses another
	 * @param args the command line
	 * @throws IllegalArgumentException if an option is unknown, or has no value
	 */
	public static Map<String, String> read(Set<String> known, String usage, String... args) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			if (!known.contains(args[i])) {
				throw new IllegalArgumentException("Not an option: " + args[i] + ". " + usage);
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("No value for " + args[i] + ". " + usage);
			}
			values.put(args[i], args[i + 1]);
		}
		return values;
	}

	/**
	 * A duration.
	 * @param value such as {@code 30s} or {@code 2m}
	 * @throws IllegalArgumentException if it is not positive, or no duration
	 */
	public static Duration duration(String value) {
		try {
			Duration duration = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
			if (duration.isNegative() || duration.isZero()) {
				throw new IllegalArgumentException("Too short: " + value + "; use for example 30s or 2m");
			}
			return duration;
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("Not a duration: " + value + "; use for example 30s or 2m", ex);
		}
	}

}
