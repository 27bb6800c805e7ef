package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * When the process under test was cut off from the table. Thread-safe.
 */
final class Cuts {

	private final LongSupplier clock;

	private final long aftermathNanos;

	private boolean cut;

	private OptionalLong mended = OptionalLong.empty();

	private long count;

	/**
	 * No cut yet.
	 * @param clock tells the time in nanoseconds
	 * @param aftermath for how long a cut may be felt when it is over
	 */
	Cuts(LongSupplier clock, Duration aftermath) {
		this.clock = clock;
		this.aftermathNanos = aftermath.toNanos();
	}

	synchronized void began() {
		this.cut = true;
		this.count++;
	}

	synchronized void ended() {
		this.cut = false;
		this.mended = OptionalLong.of(this.clock.getAsLong());
	}

	/** Whether what began then, and has just failed, may have failed by a cut. */
	synchronized boolean mayExplain(long since) {
		return this.cut || (this.mended.isPresent() && since - this.mended.getAsLong() < this.aftermathNanos);
	}

	synchronized long count() {
		return this.count;
	}

}
