package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.Write;

/**
 * Between the two writes of a section that the resource took, it took none of another.
 */
final class OverlapRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return Section.byKey(evidence.writes()).values().stream().flatMap((sections) -> judge(sections).stream());
	}

	private static List<Violation> judge(List<Section> sections) {
		List<Violation> violations = new ArrayList<>();
		List<Section> open = new ArrayList<>();
		for (Section section : sections) {
			open.removeIf((earlier) -> earlier.time().to() <= section.time().from());
			for (Section earlier : open) {
				if (concern(earlier, section)) {
					violations.add(new Violation(Violation.Kind.OVERLAP, section.key(),
							"the resource took writes of " + section + " while " + earlier + " was at work"));
				}
			}
			open.add(section);
		}
		return violations;
	}

	/**
	 * Whether one of them is accepted as a whole, and the other began in it, or wrote.
	 */
	private static boolean concern(Section earlier, Section later) {
		if (earlier.isAccepted()) {
			return later.begin().accepted();
		}
		boolean wroteWithin = earlier.end()
			.filter(Write::accepted)
			.filter((write) -> later.time().overlaps(write.time()))
			.isPresent();
		return later.isAccepted() && wroteWithin;
	}

}
