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

	private final boolean outcomeUnknown;

	LockTimeoutException(String table, String key, String printableKey, Duration waited, int attempts,
			Optional<LockStatus> holder, boolean outcomeUnknown) {
		super("Could not acquire the lock '" + printableKey + "' in the table '" + table + "' within "
				+ waited.toMillis() + " ms and " + attempts + ((attempts == 1) ? " attempt" : " attempts")
				+ holder.map((status) -> "; it is held by " + status.describeHolder()).orElse("")
				+ (outcomeUnknown ? "; an attempt without an answer may yet take effect, and is being undone" : ""));
		this.table = table;
		this.key = key;
		this.waited = waited;
		this.attempts = attempts;
		this.holder = holder;
		this.outcomeUnknown = outcomeUnknown;
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

	/**
	 * Whether an attempt had no answer, so that it may have taken effect all the same. It
	 * is being undone in the background, and ends with its lease at the latest.
	 */
	public boolean isOutcomeUnknown() {
		return this.outcomeUnknown;
	}

	/** Who was seen to hold the lock last; empty when that is not known. */
	public Optional<LockStatus> holder() {
		return (this.holder != null) ? this.holder : Optional.empty();
	}

}
