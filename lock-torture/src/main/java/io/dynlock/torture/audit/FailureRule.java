package io.dynlock.torture.audit;

import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;

/**
 * Nothing happens to a worker but what the contract names.
 */
final class FailureRule implements Rule {

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return evidence.failures()
			.stream()
			.map((failure) -> new Violation(Violation.Kind.FAILURE, "a worker", failure));
	}

}
