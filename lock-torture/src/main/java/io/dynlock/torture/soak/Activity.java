package io.dynlock.torture.soak;

import java.util.random.RandomGenerator;

/**
 * A way to use locks.
 *
 * @param name for the report
 * @param weight how often it is done, compared with the others
 * @param body what is done
 */
record Activity(String name, int weight, Body body) {

	/** What is done once. */
	@FunctionalInterface
	interface Body {

		/**
		 * Does it, and leaves no lock held.
		 * @param random for choices
		 * @throws Exception if it fails; unless the table is cut off, it should not
		 */
		void run(RandomGenerator random) throws Exception;

	}

}
