package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;

/**
 * Fencing tokens rise in the order of the grants: as far as the validity of the leases
 * shows it, and as far as the resource took their first writes.
 */
final class TokenRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return Section.byKey(evidence.writes()).values().stream().flatMap((sections) -> {
			List<Section> granted = Certain.inOrder(sections).stream().map(Certain::section).toList();
			List<Section> accepted = sections.stream().filter((section) -> section.begin().accepted()).toList();
			return Stream.concat(judge(granted), judge(accepted)).distinct();
		});
	}

	private static Stream<Violation> judge(List<Section> inOrder) {
		List<Violation> violations = new ArrayList<>();
		for (int i = 1; i < inOrder.size(); i++) {
			Section before = inOrder.get(i - 1);
			Section after = inOrder.get(i);
			if (after.token() <= before.token()) {
				violations.add(new Violation(Violation.Kind.TOKEN_ORDER, after.key(), after + " came after " + before));
			}
		}
		return violations.stream();
	}

}
