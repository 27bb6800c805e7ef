package io.dynlock.benchmarks.scenario;

import java.time.Duration;

import io.dynlock.testing.Message;

/**
 * Threads that all want one lock, again and again.
 *
 * @param threads how many in one process
 * @param inside how long each holds it
 * @param pauseFrom how long each stays away at least
 * @param pauseTo how long each stays away at most
 * @param warmUp how long before counting begins
 * @param measured how long counting goes on
 */
record Load(int threads, Duration inside, Duration pauseFrom, Duration pauseTo, Duration warmUp, Duration measured) {

	Message addTo(Message message) {
		return message.with("threads", this.threads)
			.with("inside", this.inside)
			.with("pauseFrom", this.pauseFrom)
			.with("pauseTo", this.pauseTo)
			.with("warmUp", this.warmUp)
			.with("measured", this.measured);
	}

	static Load from(Message message) {
		return new Load((int) message.number("threads"), duration(message, "inside"), duration(message, "pauseFrom"),
				duration(message, "pauseTo"), duration(message, "warmUp"), duration(message, "measured"));
	}

	private static Duration duration(Message message, String name) {
		return Duration.parse(message.text(name));
	}

}
