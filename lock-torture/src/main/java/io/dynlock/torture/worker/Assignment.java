package io.dynlock.torture.worker;

import java.net.URI;
import java.time.Duration;

import io.dynlock.LockOptions;
import io.dynlock.testing.Message;

/**
 * What a worker is to do.
 *
 * @param name its name, different for every process
 * @param endpoint where it finds the table
 * @param resource the port of the guarded resource
 * @param threads how many threads take locks
 * @param keys how many locks there are
 * @param lease how long leases last
 * @param subject what is tortured
 * @param seed for the choices of its threads
 */
public record Assignment(String name, URI endpoint, int resource, int threads, int keys, Duration lease,
		Subject subject, long seed) {

	/** How long a request may take. */
	public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

	/** The longest pause between two attempts. */
	public static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

	/** How long a caller waits: longer than any lock may be unavailable. */
	private static final Duration PATIENCE = Duration.ofSeconds(15);

	LockOptions options() {
		return LockOptions.builder()
			.leaseDuration(this.lease)
			.maxSleepBetweenRetries(LONGEST_PAUSE)
			.waitTimeout(PATIENCE)
			.build();
	}

	/** A line for the worker. */
	public Message toMessage() {
		return new Message("work").with("name", this.name)
			.with("endpoint", this.endpoint)
			.with("resource", this.resource)
			.with("threads", this.threads)
			.with("keys", this.keys)
			.with("lease", this.lease)
			.with("subject", this.subject)
			.with("seed", this.seed);
	}

	static Assignment from(Message message) {
		return new Assignment(message.text("name"), URI.create(message.text("endpoint")),
				(int) message.number("resource"), (int) message.number("threads"), (int) message.number("keys"),
				Duration.parse(message.text("lease")), Subject.of(message.text("subject")), message.number("seed"));
	}

}
