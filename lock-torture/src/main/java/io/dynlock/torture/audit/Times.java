package io.dynlock.torture.audit;

/**
 * Times for people.
 */
final class Times {

	private Times() {
	}

	static String millis(long nanos) {
		return nanos / 1_000_000 + " ms";
	}

}
