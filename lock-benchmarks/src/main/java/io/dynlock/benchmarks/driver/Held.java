package io.dynlock.benchmarks.driver;

import java.time.Duration;
import java.util.Optional;

/**
 * A lock that is held.
 */
@FunctionalInterface
public interface Held {

	/** Gives it back, in the thread that acquired it. */
	void release();

	/**
	 * How long the holder may still rely on it, zero once it is lost; empty for locks
	 * that do not say.
	 */
	default Optional<Duration> remaining() {
		return Optional.empty();
	}

}
