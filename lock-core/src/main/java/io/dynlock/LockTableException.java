package io.dynlock;

/**
 * DynamoDB gave no usable answer: it could not be reached, it refused the request, or the
 * table is not what it should be. The message says what to do, and names the lock if the
 * request was for one.
 */
@SuppressWarnings("serial")
public sealed class LockTableException extends LockException permits TableNotActiveException {

	private final String client;

	private final boolean outcomeUnknown;

	LockTableException(String message, String client, boolean outcomeUnknown) {
		super(message);
		this.client = client;
		this.outcomeUnknown = outcomeUnknown;
	}

	LockTableException(String message, String client, boolean outcomeUnknown, Throwable cause) {
		super(message, cause);
		this.client = client;
		this.outcomeUnknown = outcomeUnknown;
	}

	/**
	 * The {@link DistributedLockTemplate#name() name} of the client whose table it is.
	 */
	public String client() {
		return this.client;
	}

	/**
	 * Whether the request may have taken effect all the same. If it was an acquisition,
	 * it is being undone in the background, and ends with its lease at the latest.
	 */
	public boolean isOutcomeUnknown() {
		return this.outcomeUnknown;
	}

}
