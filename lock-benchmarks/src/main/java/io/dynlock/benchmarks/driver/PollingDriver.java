package io.dynlock.benchmarks.driver;

import java.time.Duration;
import java.util.Optional;

/**
 * Waits by trying again after a pause, for libraries that do not wait themselves.
 */
abstract class PollingDriver implements LockDriver {

	private final Duration pause;

	PollingDriver(Duration pause) {
		this.pause = pause;
	}

	@Override
	public Held acquire(String key) throws InterruptedException {
		while (true) {
			Optional<Held> held = tryAcquire(key);
			if (held.isPresent()) {
				return held.get();
			}
			Thread.sleep(this.pause.toMillis());
		}
	}

}
