package io.dynlock;

import io.dynlock.internal.protocol.LockKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The key of a lock in the context of the log, while code runs under it in this thread.
 */
final class LogKey implements AutoCloseable {

	/** The name in the context. */
	static final String NAME = "dynlock.key";

	private final @Nullable String before;

	/**
	 * Begins.
	 * @param key the lock; escaped, so that it cannot forge a line of the log
	 */
	LogKey(LockKey key) {
		this.before = MDC.get(NAME);
		MDC.put(NAME, key.toString());
	}

	@Override
	public void close() {
		if (this.before != null) {
			MDC.put(NAME, this.before);
		}
		else {
			MDC.remove(NAME);
		}
	}

}
