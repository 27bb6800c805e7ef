package io.dynlock.benchmarks.scenario;

import io.dynlock.benchmarks.report.Result;

/**
 * Something to measure.
 */
public interface Scenario {

	/** Its letter. */
	String id();

	/** What it does. */
	String title();

	/**
	 * Measures.
	 * @param bench with what
	 * @throws Exception if that is not possible
	 */
	Result run(Bench bench) throws Exception;

}
