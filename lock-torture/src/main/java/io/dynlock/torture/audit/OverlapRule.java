package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.Interval;

/**
 * Between the first and the last write of a section that the resource took, it took none
 * of another.
 */
final class OverlapRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return Section.byKey(evidence.writes()).values().stream().flatMap((sections) -> judge(sections).stream());
	}

	private static List<Violation> judge(List<Section> sections) {
		List<Violation> violations = new ArrayList<>();
		List<Accepted> open = new ArrayList<>();
		for (Section section : sections) {
			Optional<Interval> time = section.accepted();
			if (time.isPresent()) {
				open.removeIf((earlier) -> earlier.time().to() <= time.get().from());
				for (Accepted earlier : open) {
					violations.add(new Violation(Violation.Kind.OVERLAP, section.key(),
							"the resource took writes of " + section + " while " + earlier.section() + " was at work"));
				}
				open.add(new Accepted(section, time.get()));
			}
		}
		return violations;
	}

	/** A section of which the resource took something, and when. */
	private record Accepted(Section section, Interval time) {

	}

}
