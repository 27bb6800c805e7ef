package io.dynlock.internal.protocol;

/**
 * Carries a failure to the caller of an operation that has no other answer to give.
 */
@SuppressWarnings("serial")
public final class TableFailureException extends RuntimeException {

	private final transient TableFailure failure;

	/**
	 * Wraps a failure.
	 * @param failure what went wrong
	 */
	public TableFailureException(TableFailure failure) {
		super(failure.message(), failure.cause().orElse(null));
		this.failure = failure;
	}

	/** What went wrong. */
	public TableFailure failure() {
		return this.failure;
	}

}
