package io.dynlock.torture.audit;

import java.time.Duration;
import java.util.List;

import io.dynlock.torture.evidence.Evidence;

/**
 * Holds the evidence against all guarantees.
 */
public final class Audit {

	private final List<Rule> rules;

	/**
	 * An audit.
	 * @param requestTimeout how long a request may take
	 * @param longestOutage how long a lock may be unavailable to a healthy process
	 */
	public Audit(Duration requestTimeout, Duration longestOutage) {
		this.rules = List.of(new ExclusionRule(), new OverlapRule(), new TokenRule(), new SumRule(), new TruthRule(),
				new AvailabilityRule(requestTimeout, longestOutage), new FailureRule());
	}

	/** Every violation that the evidence shows, by guarantee. */
	public List<Violation> judge(Evidence evidence) {
		return this.rules.stream().flatMap((rule) -> rule.judge(evidence)).toList();
	}

}
