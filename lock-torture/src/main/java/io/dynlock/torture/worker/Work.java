package io.dynlock.torture.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a section is. Most are short; of the others, all but the shortest last longer
 * than a lease without a renewal would be believed by somebody who counts wrong, and some
 * longer than a lease.
 *
 * @param millis how long it works
 * @param beatMillis how long it works between two writes
 */
record Work(long millis, long beatMillis) {

	private static final int SHORT_MILLIS = 80;

	private static final int ONE_LONG_OF = 8;

	/** How many beats a lease has. */
	private static final int BEATS = 16;

	/** Some work. */
	static Work of(Duration lease, RandomGenerator random) {
		long beat = lease.toMillis() / BEATS;
		boolean isLong = random.nextInt(ONE_LONG_OF) == 0;
		return new Work(isLong ? lease.toMillis() / 4 + random.nextLong(lease.toMillis() * 5 / 4)
				: 5 + random.nextInt(SHORT_MILLIS), beat);
	}

}
