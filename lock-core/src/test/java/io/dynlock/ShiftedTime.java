package io.dynlock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.TimeSource;

/**
 * The clocks of a process, with leaps, as its process or its machine sees them that stood
 * still for a while.
 */
final class ShiftedTime implements TimeSource {

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicLong millis = new AtomicLong();

	/** The process stood still while its machine ran. */
	void shiftBoth(Duration by) {
		this.nanos.addAndGet(by.toNanos());
		this.millis.addAndGet(by.toMillis());
	}

	/** The machine stood still, and with it its monotonic clock. */
	void shiftWall(Duration by) {
		this.millis.addAndGet(by.toMillis());
	}

	@Override
	public long nanoTime() {
		return TimeSource.system().nanoTime() + this.nanos.get();
	}

	@Override
	public long wallMillis() {
		return TimeSource.system().wallMillis() + this.millis.get();
	}

	@Override
	public Reading now() {
		return new Reading(nanoTime(), wallMillis());
	}

}
