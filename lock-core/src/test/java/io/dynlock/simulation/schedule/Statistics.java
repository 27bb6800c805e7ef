package io.dynlock.simulation.schedule;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often what happened.
 */
public final class Statistics {

	private final Map<String, Long> counts = new TreeMap<>();

	void count(String what) {
		add(what, 1);
	}

	void add(String what, long number) {
		this.counts.merge(what, number, Long::sum);
	}

	void addAll(Statistics others) {
		others.counts.forEach(this::add);
	}

	/**
	 * How often something happened.
	 * @param what what
	 */
	public long of(String what) {
		return this.counts.getOrDefault(what, 0L);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Statistics statistics && this.counts.equals(statistics.counts);
	}

	@Override
	public int hashCode() {
		return this.counts.hashCode();
	}

	/** One line for each. */
	@Override
	public String toString() {
		return this.counts.entrySet()
			.stream()
			.map((count) -> String.format("%,15d  %s", count.getValue(), count.getKey()))
			.collect(Collectors.joining("\n"));
	}

}
