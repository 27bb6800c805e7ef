package io.dynlock.simulation.schedule;

import java.util.stream.LongStream;

/**
 * Runs schedules.
 */
public final class Schedules {

	private Schedules() {
	}

	/**
	 * Runs one schedule.
	 * @param seed from which everything follows
	 * @param traced whether to print what happens
	 * @return how often what happened
	 * @throws Violation if a guarantee is broken, or the code fails
	 */
	public static Statistics run(long seed, boolean traced) {
		try {
			return new Schedule(seed, traced).run();
		}
		catch (RuntimeException | Error ex) {
			throw new Violation(seed, ex);
		}
	}

	/**
	 * Runs schedules, as many at a time as there are processors.
	 * @param firstSeed the first seed
	 * @param number how many
	 * @return how often what happened
	 * @throws Violation if a guarantee is broken, or the code fails
	 */
	public static Statistics run(long firstSeed, int number) {
		return LongStream.range(firstSeed, firstSeed + number)
			.parallel()
			.mapToObj((seed) -> run(seed, false))
			.collect(Statistics::new, Statistics::addAll, Statistics::addAll);
	}

}
