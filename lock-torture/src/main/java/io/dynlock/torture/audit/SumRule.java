package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.Write;

/**
 * Every value that was kept is the one before plus one, the last is what the resource
 * has, and what a worker was told was kept.
 */
final class SumRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		Map<String, List<Write>> kept = evidence.writes()
			.stream()
			.filter((write) -> write.phase() == Write.Phase.END && write.accepted())
			.collect(Collectors.groupingBy(Write::key));
		Stream<Violation> values = kept.entrySet()
			.stream()
			.flatMap((entry) -> judge(entry.getKey(), entry.getValue(),
					evidence.values().getOrDefault(entry.getKey(), 0L))
				.stream());
		return Stream.concat(values, forgotten(evidence));
	}

	private static List<Violation> judge(String key, List<Write> kept, long value) {
		List<Violation> violations = new ArrayList<>();
		for (int i = 0; i < kept.size(); i++) {
			if (kept.get(i).value() != i + 1) {
				violations.add(new Violation(Violation.Kind.WRONG_SUM, key, kept.get(i).section() + " kept "
						+ kept.get(i).value() + ", but it is the " + (i + 1) + "th to keep a value"));
				break;
			}
		}
		if (value != kept.size()) {
			violations.add(new Violation(Violation.Kind.WRONG_SUM, key,
					"the value is " + value + " in the end, but " + kept.size() + " holders added one"));
		}
		return violations;
	}

	private static Stream<Violation> forgotten(Evidence evidence) {
		Set<String> accepted = evidence.writes()
			.stream()
			.filter((write) -> write.phase() == Write.Phase.END && write.accepted())
			.map(Write::section)
			.collect(Collectors.toCollection(HashSet::new));
		return evidence.kept()
			.stream()
			.filter((section) -> !accepted.contains(section))
			.map((section) -> new Violation(Violation.Kind.WRONG_SUM, section,
					"its holder was told that its value was kept, but it was not"));
	}

}
