package io.dynlock;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.internal.time.TimeSource;

/**
 * The time that a caller is ready to wait for several locks together. It begins when this
 * is made.
 */
final class WaitBudget {

	private final Optional<Duration> limit;

	private final TimeSource time;

	private final long started;

	/**
	 * Begins.
	 * @param limit how long in all; empty for no limit
	 * @param time the clock
	 */
	WaitBudget(Optional<Duration> limit, TimeSource time) {
		this.limit = limit;
		this.time = time;
		this.started = time.nanoTime();
	}

	/** The options with no more time to wait than is left. */
	LockOptions limit(LockOptions options) {
		if (this.limit.isEmpty()) {
			return options;
		}
		Duration left = this.limit.get().minusNanos(this.time.nanoTime() - this.started);
		return options.toBuilder().waitTimeout(left.isNegative() ? Duration.ZERO : left).build();
	}

}
