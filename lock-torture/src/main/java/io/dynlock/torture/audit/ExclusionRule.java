package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;

/**
 * At no instant do two leases on one key both say that they are valid.
 */
final class ExclusionRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return Section.byKey(evidence.writes()).values().stream().flatMap((sections) -> judge(sections).stream());
	}

	private static List<Violation> judge(List<Section> sections) {
		List<Violation> violations = new ArrayList<>();
		Certain before = null;
		for (Certain next : Certain.inOrder(sections)) {
			if (before == null) {
				before = next;
				continue;
			}
			if (before.time().overlaps(next.time())) {
				violations.add(violation(before, next));
			}
			before = before.orLonger(next);
		}
		return violations;
	}

	private static Violation violation(Certain one, Certain other) {
		long nanos = one.time().intersect(other.time()).orElseThrow().length();
		return new Violation(Violation.Kind.TWO_HOLDERS, one.section().key(), "the leases of " + one.section()
				+ " and of " + other.section() + " were both valid for " + Times.millis(nanos));
	}

}
