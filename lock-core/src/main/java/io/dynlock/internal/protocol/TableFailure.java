package io.dynlock.internal.protocol;

import java.util.Optional;

/**
 * Why a request brought no usable answer.
 *
 * @param kind what follows from it
 * @param message what happened and what to do about it, for people
 * @param outcomeUnknown whether a write may have taken effect, or may yet
 * @param tableStatus the last status of a table that did not become ACTIVE
 * @param cause the failure underneath, if there was one
 */
public record TableFailure(Kind kind, String message, boolean outcomeUnknown, Optional<String> tableStatus,
		Optional<Throwable> cause) {

	/**
	 * A failure that was found without an exception, before a request was sent or from
	 * its answer.
	 * @param kind what follows from it
	 * @param message what happened and what to do about it
	 */
	public TableFailure(Kind kind, String message) {
		this(kind, message, false, Optional.empty(), Optional.empty());
	}

	/**
	 * A failure for which no request is prepared, such as a library that does not fit.
	 * @param cause what was thrown
	 */
	static TableFailure unforeseen(Throwable cause) {
		return new TableFailure(Kind.REJECTED, "The request failed in a way that was not foreseen: " + cause, true,
				Optional.empty(), Optional.of(cause));
	}

	/**
	 * The same failure at the end of something that may have taken effect all the same.
	 */
	TableFailure withUnknownOutcome() {
		return new TableFailure(this.kind, this.message, true, this.tableStatus, this.cause);
	}

	/** Whether the same request may well succeed a little later. */
	public boolean isPassing() {
		return this.kind == Kind.NO_ANSWER || this.kind == Kind.THROTTLED;
	}

	/** What follows from a failure. */
	public enum Kind {

		/** No answer, or one that says nothing. */
		NO_ANSWER,

		/** Too many requests. */
		THROTTLED,

		/** The thread was interrupted. */
		INTERRUPTED,

		/** The table must be prepared first. */
		UNPREPARED,

		/** The table does not exist. */
		NO_TABLE,

		/** The table exists, but does not become ACTIVE. */
		TABLE_NOT_ACTIVE,

		/** The item is not a lock. */
		MALFORMED_ITEM,

		/** Refused for good: access denied, wrong table, no credentials. */
		REJECTED

	}

}
