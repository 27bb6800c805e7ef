package io.dynlock.torture.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what happens, in memory that does not grow with it. Thread-safe.
 */
final class Tally {

	private static final int VIOLATIONS_IN_FULL = 20;

	private final Map<String, Long> cycles = new TreeMap<>();

	private final Map<String, Long> provoked = new TreeMap<>();

	private final List<String> violations = new ArrayList<>();

	private long unmentioned;

	/** Something was done as a whole. */
	synchronized void done(String activity) {
		this.cycles.merge(activity, 1L, Long::sum);
	}

	/** Something failed that the load makes fail. */
	synchronized void provoked(String what) {
		this.provoked.merge(what, 1L, Long::sum);
	}

	/** Something happened that should not. */
	synchronized void violation(String what) {
		if (this.violations.size() < VIOLATIONS_IN_FULL) {
			this.violations.add(what);
		}
		else {
			this.unmentioned++;
		}
	}

	synchronized Map<String, Long> cycles() {
		return new TreeMap<>(this.cycles);
	}

	synchronized Map<String, Long> provoked() {
		return new TreeMap<>(this.provoked);
	}

	synchronized List<String> violations() {
		List<String> all = new ArrayList<>(this.violations);
		if (this.unmentioned > 0) {
			all.add("... and " + this.unmentioned + " more");
		}
		return all;
	}

}
