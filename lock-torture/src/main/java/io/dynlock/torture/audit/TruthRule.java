package io.dynlock.torture.audit;

import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;

/**
 * Whose write was refused does not believe in its lease any more.
 */
final class TruthRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return evidence.untold()
			.stream()
			.map((section) -> new Violation(Violation.Kind.UNTOLD_LOSS, section,
					"its write was refused, and its lease was valid afterwards"));
	}

}
