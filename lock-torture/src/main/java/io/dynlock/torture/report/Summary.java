package io.dynlock.torture.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.dynlock.torture.audit.Violation;
import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Strike;
import io.dynlock.torture.evidence.Write;
import io.dynlock.torture.proxy.TableLog;

/**
 * What a run showed; printed, a text for people.
 *
 * @param settings what it was like
 * @param cycles how often a lock was taken and the value kept
 * @param strikes how often each kind of fault was inflicted
 * @param befallen how many requests each kind of fault befell
 * @param takeovers how often a lock was acquired that nobody had released
 * @param losses how often a lease was lost, by reason
 * @param refused how many writes of holders that had lost their lease were refused
 * @param stallMillis for how long the machine stood still altogether
 * @param violations the guarantees that were broken
 */
public record Summary(String settings, long cycles, Map<FaultKind, Long> strikes, Map<FaultKind, Long> befallen,
		long takeovers, Map<String, Long> losses, long refused, long stallMillis, List<Violation> violations) {

	private static final int IN_FULL = 10;

	/** Counts. */
	public static Summary of(String settings, Evidence evidence, TableLog table, Map<String, Long> losses,
			List<Violation> violations) {
		Map<FaultKind, Long> strikes = new EnumMap<>(FaultKind.class);
		evidence.strikes()
			.stream()
			.map((strike) -> new Strike(strike.kind(), 0, strike.time()))
			// the table out of reach of all workers is one strike
			.distinct()
			.forEach((strike) -> strikes.merge(strike.kind(), 1L, Long::sum));
		Map<FaultKind, Long> befallen = new EnumMap<>(FaultKind.class);
		for (FaultKind kind : FaultKind.values()) {
			boolean process = kind == FaultKind.KILLED || kind == FaultKind.FROZEN;
			befallen.put(kind, process ? strikes.getOrDefault(kind, 0L) : table.befallen(kind));
		}
		long cycles = evidence.writes()
			.stream()
			.filter((write) -> write.phase() == Write.Phase.END && write.accepted())
			.count();
		long refused = evidence.writes().stream().filter((write) -> !write.accepted()).count();
		long stallMillis = evidence.stalls().stream().mapToLong(Interval::length).sum() / 1_000_000;
		return new Summary(settings, cycles, strikes, befallen, table.takeovers(), losses, refused, stallMillis,
				violations);
	}

	/** How many leases were lost. */
	public long lost() {
		return this.losses.values().stream().mapToLong(Long::longValue).sum();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("Torture of ").append(this.settings).append("\n\n");
		line(text, "cycles", this.cycles);
		for (FaultKind kind : FaultKind.values()) {
			line(text, "fault: " + kind, this.strikes.getOrDefault(kind, 0L) + befallen(kind));
		}
		line(text, "takeovers", this.takeovers);
		line(text, "losses",
				lost() + this.losses.entrySet()
					.stream()
					.map((loss) -> loss.getKey() + " " + loss.getValue())
					.collect(Collectors.joining(", ", " (", ")")));
		line(text, "stale writes refused", this.refused);
		line(text, "machine stood still", this.stallMillis + " ms");
		line(text, "violations", this.violations.size());
		appendViolations(text);
		return text.toString();
	}

	private String befallen(FaultKind kind) {
		return switch (kind) {
			case KILLED, FROZEN -> "";
			default -> " times, " + this.befallen.getOrDefault(kind, 0L) + " requests";
		};
	}

	private void appendViolations(StringBuilder text) {
		Map<Violation.Kind, Long> byKind = this.violations.stream()
			.collect(Collectors.groupingBy(Violation::kind, TreeMap::new, Collectors.counting()));
		byKind.forEach((kind, count) -> line(text, "  " + kind, count));
		this.violations.stream().limit(IN_FULL).forEach((violation) -> text.append('\n').append(violation));
		if (this.violations.size() > IN_FULL) {
			text.append("\n... and ").append(this.violations.size() - IN_FULL).append(" more");
		}
	}

	private static void line(StringBuilder text, String name, Object value) {
		text.append(String.format(Locale.ROOT, "%-40s %s%n", name, value));
	}

}
