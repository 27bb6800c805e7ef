package io.dynlock.torture;

import java.time.Duration;

import io.dynlock.torture.worker.Assignment;
import io.dynlock.torture.worker.Subject;

/**
 * What a run is like.
 *
 * @param duration how long it lasts, without starting and finishing
 * @param seed determines the strikes and the workers' choices
 * @param workers how many processes take locks
 * @param threads how many threads each of them has
 * @param keys how many locks there are
 * @param lease how long leases last
 * @param subject what is tortured
 */
public record Settings(Duration duration, long seed, int workers, int threads, int keys, Duration lease,
		Subject subject) {

	/**
	 * What the guarantee leaves to requests, and what processes lose on a machine with
	 * two cores that run seven of them, some just starting.
	 */
	private static final Duration SLACK = Duration.ofSeconds(2);

	/** Two minutes of dynlock, with leases of two seconds. */
	public static Settings withDefaults() {
		return new Settings(Duration.ofMinutes(2), 1, 4, 4, 6, Duration.ofSeconds(2), Subject.DYNLOCK);
	}

	/** The same with another duration. */
	public Settings withDuration(Duration other) {
		return new Settings(other, this.seed, this.workers, this.threads, this.keys, this.lease, this.subject);
	}

	/** The same with another seed. */
	public Settings withSeed(long other) {
		return new Settings(this.duration, other, this.workers, this.threads, this.keys, this.lease, this.subject);
	}

	/** The same with another subject. */
	public Settings withSubject(Subject other) {
		return new Settings(this.duration, this.seed, this.workers, this.threads, this.keys, this.lease, other);
	}

	/**
	 * How long a lock may be unavailable to a healthy process: the lease, 2&nbsp;% of it,
	 * the longest pause between two attempts, and what requests take.
	 */
	Duration longestOutage() {
		return this.lease.plus(this.lease.dividedBy(50)).plus(Assignment.LONGEST_PAUSE).plus(SLACK);
	}

	@Override
	public String toString() {
		return this.subject + ", " + this.duration.toSeconds() + " s, seed " + this.seed + ", " + this.workers
				+ " processes of " + this.threads + " threads, " + this.keys + " locks, leases of "
				+ this.lease.toMillis() + " ms";
	}

}
