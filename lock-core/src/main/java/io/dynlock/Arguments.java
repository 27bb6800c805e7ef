package io.dynlock;

import java.time.Duration;

import io.dynlock.internal.protocol.Printable;

/**
 * Checks what callers give.
 */
final class Arguments {

	/** The longest duration that can be counted in nanoseconds, with room for sums. */
	private static final Duration MAX = Duration.ofDays(36_500);

	private Arguments() {
	}

	static void check(boolean valid, String argument, Object value, String remedy) {
		if (!valid) {
			throw new IllegalArgumentException(
					argument + " is '" + Printable.of(String.valueOf(value)) + "'; " + remedy);
		}
	}

	static Duration notNegative(String argument, Duration value) {
		check(!value.isNegative(), argument, value, "use zero or a positive duration");
		return notTooLong(argument, value);
	}

	static Duration positive(String argument, Duration value) {
		check(!value.isNegative() && !value.isZero(), argument, value, "use a positive duration");
		return notTooLong(argument, value);
	}

	private static Duration notTooLong(String argument, Duration value) {
		check(value.compareTo(MAX) <= 0, argument, value, "use at most " + MAX.toDays() + " days");
		return value;
	}

}
