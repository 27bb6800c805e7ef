package io.dynlock.torture.worker;

import java.util.function.Consumer;

/**
 * A way to take a lock, do the work of a section, and give the lock back.
 */
interface Way {

	/**
	 * Goes this way once.
	 * @param key the lock
	 * @param section what to do with it; not called when the lock is not to be had
	 */
	void go(String key, Consumer<Holder> section);

	/** Whether this waits for the lock. */
	default boolean isWaiting() {
		return true;
	}

}
