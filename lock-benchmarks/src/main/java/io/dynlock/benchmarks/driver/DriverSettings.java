package io.dynlock.benchmarks.driver;

import java.time.Duration;

import io.dynlock.LockOptions;

/**
 * What is set alike for all drivers, where the library lets one set it.
 *
 * @param table the name of the table
 * @param lease how long a lock is held by a process that has died; renewals, where there
 * are any, come at a third of it
 * @param pause between two attempts, or the first such
 * @param longestPause up to which pauses may grow, where the library lets them
 */
public record DriverSettings(String table, Duration lease, Duration pause, Duration longestPause) {

	/** Where a scenario says nothing else. */
	public static final Duration LEASE = Duration.ofSeconds(30);

	/** Where a scenario says nothing else. */
	public static final Duration PAUSE = Duration.ofMillis(100);

	/** Up to which pauses grow by dynlock's default. */
	static final Duration LONGEST_PAUSE = LockOptions.DEFAULT_MAX_SLEEP_BETWEEN_RETRIES;

	/**
	 * How long a driver may wait, where its library wants a limit: longer than any run.
	 */
	static final Duration PATIENCE = Duration.ofMinutes(5);

	/**
	 * The usual settings.
	 * @param table the name of the table
	 */
	public static DriverSettings on(String table) {
		return new DriverSettings(table, LEASE, PAUSE, LONGEST_PAUSE);
	}

	/**
	 * The same with another lease.
	 * @param lease how long
	 */
	public DriverSettings withLease(Duration lease) {
		return new DriverSettings(this.table, lease, this.pause, this.longestPause);
	}

	/** The same with pauses that do not grow. */
	public DriverSettings withSteadyPause() {
		return new DriverSettings(this.table, this.lease, this.pause, this.pause);
	}

}
