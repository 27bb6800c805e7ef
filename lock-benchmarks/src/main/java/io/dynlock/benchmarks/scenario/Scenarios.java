package io.dynlock.benchmarks.scenario;

import java.util.List;

/**
 * All scenarios.
 */
public final class Scenarios {

	private Scenarios() {
	}

	/** In the order of their letters. */
	public static List<Scenario> all() {
		return List.of(new UncontendedScenario(), new OneProcessScenario(true), new OneProcessScenario(false),
				new TwoProcessScenario(), new DeadHolderScenario(), new ManyLeasesScenario(), new ManyKeysScenario(),
				new CrowdScenario(), new StartUpScenario());
	}

}
