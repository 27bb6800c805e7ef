package io.dynlock;

/**
 * The lease was lost before the work under it was done: somebody else may have held the
 * lock at the same time.
 */
@SuppressWarnings("serial")
public final class LockLostException extends LockException {

	private final String key;

	private final transient LossReason reason;

	LockLostException(String key, String printableKey, LossReason reason) {
		super("Lost the lock '" + printableKey + "' before the work under it was done: " + reason);
		this.key = key;
		this.reason = reason;
		if (reason instanceof LossReason.Unreachable unreachable) {
			unreachable.cause().ifPresent(this::initCause);
		}
	}

	/** The key of the lock. */
	public String key() {
		return this.key;
	}

	/** Why it was lost. */
	public LossReason reason() {
		return this.reason;
	}

}
