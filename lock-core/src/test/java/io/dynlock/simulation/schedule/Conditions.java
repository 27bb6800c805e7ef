package io.dynlock.simulation.schedule;

import java.util.random.RandomGenerator;

import io.dynlock.internal.protocol.HandOff;

/**
 * The world of one schedule. All durations in nanoseconds.
 *
 * @param nodes how many processes there are
 * @param keys how many locks they use
 * @param callers how many callers each process has
 * @param leaseNanos how long most leases last
 * @param keepsItems whether a release keeps the item
 * @param tellsHolder whether the server tells who holds a lock when it refuses a write
 * @param handOff for how long a lock is handed on inside a process
 * @param pauseNanos the shortest pause between two attempts
 * @param maxPauseNanos the longest pause between two attempts
 * @param latencyNanos how long a message takes at most, when all is well
 * @param trouble the part of the messages that meet a fate of their own
 * @param wallErrorMillis how wrong a wall clock may be at most
 * @param chaosNanos for how long things go wrong
 * @param strikes how often something happens to a process, the network, or the table
 */
record Conditions(int nodes, int keys, int callers, long leaseNanos, boolean keepsItems, boolean tellsHolder,
		HandOff handOff, long pauseNanos, long maxPauseNanos, long latencyNanos, double trouble, long wallErrorMillis,
		long chaosNanos, int strikes) {

	static final long MILLI = 1_000_000;

	static final long SECOND = 1_000 * MILLI;

	private static final long[] WALL_ERRORS_MILLIS = { 0, 1_000, 10_000, 3_600_000, 43_200_000 };

	private static final double[] TROUBLE = { 0, 0.03, 0.1, 0.3 };

	private static final long[] LATENCIES = { MILLI, 20 * MILLI, 200 * MILLI };

	/** Draws conditions. */
	static Conditions draw(RandomGenerator random) {
		long lease = random.nextLong(1_000, 6_000) * MILLI;
		long pause = random.nextLong(10, 200) * MILLI;
		return new Conditions(random.nextInt(2, 5), (random.nextInt(4) == 0) ? 2 : 1, random.nextInt(1, 4), lease,
				random.nextInt(10) > 0, random.nextInt(10) > 0,
				new HandOff((random.nextInt(3) == 0) ? random.nextInt(2) : 1000, random.nextLong(200, 4_000) * MILLI),
				pause, pause + random.nextLong(1_800) * MILLI, LATENCIES[random.nextInt(LATENCIES.length)],
				TROUBLE[random.nextInt(TROUBLE.length)], WALL_ERRORS_MILLIS[random.nextInt(WALL_ERRORS_MILLIS.length)],
				random.nextLong(3, 9) * lease, random.nextInt(8));
	}

}
