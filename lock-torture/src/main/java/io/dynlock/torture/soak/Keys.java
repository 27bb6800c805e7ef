package io.dynlock.torture.soak;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The keys of the locks. Thread-safe.
 */
final class Keys {

	private final int hot;

	private final AtomicLong made = new AtomicLong();

	/**
	 * Keys.
	 * @param hot how many there are that everybody wants
	 */
	Keys(int hot) {
		this.hot = hot;
	}

	/** One that everybody wants. */
	String hot(RandomGenerator random) {
		return "hot-" + random.nextInt(this.hot);
	}

	/** One that nobody has used before, and nobody will use again. */
	String fresh() {
		return "fresh-" + this.made.incrementAndGet();
	}

	long made() {
		return this.made.get();
	}

}
