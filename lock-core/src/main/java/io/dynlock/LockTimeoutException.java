package io.dynlock;

import java.time.Duration;
import java.util.Optional;

/**
 * The lock was held by others for as long as the caller was ready to wait.
 */
@SuppressWarnings("serial")
public final class LockTimeoutException extends LockException {

	private final String table;

	private final String key;

	private final Duration waited;

	private final int attempts;

	private final transient Optional<LockStatus> holder;

	LockTimeoutException(String table, String key, String printableKey, Duration waited, int attempts,
			Optional<LockStatus> holder) {
		super("Could not acquire the lock '" + printableKey + "' in the table '" + table + "' within "
				+ waited.toMillis() + " ms and " + attempts + ((attempts == 1) ? " attempt" : " attempts")
				+ holder.map((status) -> "; it is held by " + status.describeHolder()).orElse(""));
		this.table = table;
		this.key = key;
		this.waited = waited;
		this.attempts = attempts;
		this.holder = holder;
	}

	/** The table. */
	public String table() {
		return this.table;
	}

	/** The key of the lock. */
	public String key() {
		return this.key;
	}

	/** How long the caller waited. */
	public Duration waited() {
		return this.waited;
	}

	/** How often the lock was tried, the first time included. */
	public int attempts() {
		return this.attempts;
	}

	/** Who was seen to hold the lock last; empty when that is not known. */
	public Optional<LockStatus> holder() {
		return (this.holder != null) ? this.holder : Optional.empty();
	}

}
