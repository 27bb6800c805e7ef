package io.dynlock.torture.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a soak showed; printed, a text for people.
 *
 * @param settings what it was like
 * @param cycles how often each thing was done
 * @param provoked how often what failed that the load makes fail
 * @param cuts how often the process was cut off from the table
 * @param freshKeys how many keys were used once
 * @param samples those after the warm-up
 * @param broken what should not have happened
 */
public record SoakReport(String settings, Map<String, Long> cycles, Map<String, Long> provoked, long cuts,
		long freshKeys, List<Sample> samples, List<String> broken) {

	/** Above what samples differ by when nothing leaks. */
	static final long HEAP_MARGIN_BYTES = 512 * 1024;

	/** A client starts so many when it needs them, and ends them when they are idle. */
	static final long THREADS_MARGIN = 8;

	private static final long KIB = 1024;

	/** What should not have happened, and what grew. */
	public List<String> violations() {
		List<String> violations = new ArrayList<>(this.broken);
		if (!heapKib().isFlat(HEAP_MARGIN_BYTES / KIB)) {
			violations.add("The heap grows");
		}
		if (!threads().isFlat(THREADS_MARGIN)) {
			violations.add("The number of threads grows");
		}
		return violations;
	}

	/** The reachable heap, in KiB. */
	Trend heapKib() {
		return Trend.of(this.samples.stream().map((sample) -> sample.heapBytes() / KIB).toList());
	}

	Trend threads() {
		return Trend.of(this.samples.stream().map((sample) -> (long) sample.threads()).toList());
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("Soak of ").append(this.settings).append("\n\n");
		line(text, "cycles", sum(this.cycles));
		this.cycles.forEach((name, count) -> line(text, "  " + name, count));
		line(text, "keys used once", this.freshKeys);
		line(text, "times cut off", this.cuts);
		line(text, "failures that were provoked", sum(this.provoked));
		this.provoked.forEach((name, count) -> line(text, "  " + name, count));
		line(text, "heap, first and last third", heapKib().firstThird() + " KiB, " + heapKib().lastThird() + " KiB");
		line(text, "threads, first and last third", threads().firstThird() + ", " + threads().lastThird());
		line(text, "violations", violations().size());
		violations().forEach((violation) -> text.append('\n').append(violation));
		return text.toString();
	}

	private static long sum(Map<String, Long> counts) {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

	private static void line(StringBuilder text, String name, Object value) {
		text.append(String.format(Locale.ROOT, "%-40s %s%n", name, value));
	}

}
