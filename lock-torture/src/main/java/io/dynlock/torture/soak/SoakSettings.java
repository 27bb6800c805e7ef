package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.dynlock.torture.Options;

/**
 * What a soak is like.
 *
 * @param duration how long locks are used, without the rests for the samples
 * @param samples how often heap and threads are looked at; the first sixth is the warm-up
 * @param threads how many threads use locks
 * @param hotKeys how many locks they all want
 * @param watched how many locks the process has seen others hold before the time begins
 * @param lease how long leases last
 * @param cutEvery for how long the process reaches the table before it is cut off again,
 * for longer than a lease
 * @param subject what is soaked
 */
public record SoakSettings(Duration duration, int samples, int threads, int hotKeys, int watched, Duration lease,
		Duration cutEvery, SoakSubject subject) {

	static final String USAGE = "Usage: [--duration 30m] [--subject " + SoakSubject.names("|") + "]";

	/** How long a request may take. */
	static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LONGEST_REST = Duration.ofMillis(2500);

	/**
	 * As many as dynlock remembers. The heap would grow, and not leak, until it knows so
	 * many.
	 */
	private static final int MOST_WATCHED = 10_000;

	private static final Set<String> OPTIONS = Set.of("--duration", "--subject");

	/** Half an hour of dynlock. */
	public static SoakSettings withDefaults() {
		return new SoakSettings(Duration.ofMinutes(30), 30, 6, 4, MOST_WATCHED, Duration.ofSeconds(6),
				Duration.ofSeconds(45), SoakSubject.DYNLOCK);
	}

	static SoakSettings parse(String... args) {
		SoakSettings settings = withDefaults();
		for (Map.Entry<String, String> option : Options.read(OPTIONS, USAGE, args).entrySet()) {
			settings = switch (option.getKey()) {
				case "--duration" -> settings.withDuration(Options.duration(option.getValue()));
				default -> settings.withSubject(SoakSubject.of(option.getValue()));
			};
		}
		return settings;
	}

	/** The same with another duration. */
	public SoakSettings withDuration(Duration other) {
		return new SoakSettings(other, this.samples, this.threads, this.hotKeys, this.watched, this.lease,
				this.cutEvery, this.subject);
	}

	/** The same with another subject. */
	public SoakSettings withSubject(SoakSubject other) {
		return new SoakSettings(this.duration, this.samples, this.threads, this.hotKeys, this.watched, this.lease,
				this.cutEvery, other);
	}

	Duration samplePeriod() {
		return this.duration.dividedBy(this.samples);
	}

	/**
	 * How long to rest before a sample: at best until the SDK has forgotten the timeouts
	 * of the last requests, which it keeps for two seconds.
	 */
	Duration rest() {
		Duration share = samplePeriod().dividedBy(10);
		return (share.compareTo(LONGEST_REST) < 0) ? share : LONGEST_REST;
	}

	int warmUpSamples() {
		return this.samples / 6;
	}

	Duration cut() {
		return this.lease.multipliedBy(4).dividedBy(3);
	}

	@Override
	public String toString() {
		return this.subject + ", " + this.duration.toSeconds() + " s, " + this.threads + " threads, " + this.hotKeys
				+ " hot keys, leases of " + this.lease.toMillis() + " ms, cut off after every "
				+ this.cutEvery.toSeconds() + " s";
	}

}
