package io.dynlock.benchmarks.report;

/**
 * What a scenario must show, and whether it did.
 *
 * @param demand what must be
 * @param figure what was
 * @param met whether that suffices
 */
public record Target(String demand, String figure, boolean met) {

	/**
	 * A figure that must not be above a limit.
	 * @param what is limited, with its unit
	 * @param figure what was
	 * @param limit the most that may be
	 */
	public static Target atMost(String what, double figure, double limit) {
		return new Target(what + " at most " + Figures.of(limit), Figures.of(figure), figure <= limit);
	}

	/**
	 * A figure that must not be below a limit.
	 * @param what is limited, with its unit
	 * @param figure what was
	 * @param limit the least that may be
	 */
	public static Target atLeast(String what, double figure, double limit) {
		return new Target(what + " at least " + Figures.of(limit), Figures.of(figure), figure >= limit);
	}

}
