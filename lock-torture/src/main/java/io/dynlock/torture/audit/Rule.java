package io.dynlock.torture.audit;

import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;

/**
 * One guarantee.
 */
@FunctionalInterface
interface Rule {

	/** Where the evidence shows that it was broken. */
	Stream<Violation> judge(Evidence evidence);

}
