package io.dynlock.torture.audit;

/**
 * A guarantee that was broken.
 *
 * @param kind which
 * @param key the lock
 * @param text what was seen
 */
public record Violation(Kind kind, String key, String text) {

	/** What can be broken. */
	public enum Kind {

		/** Two leases on one lock were valid at the same time. */
		TWO_HOLDERS("two leases valid at once"),

		/** The resource accepted another's write within an accepted section. */
		OVERLAP("accepted sections overlap"),

		/** A later grant had no higher fencing token. */
		TOKEN_ORDER("fencing tokens do not rise"),

		/** The resource has not kept what was written, each once. */
		WRONG_SUM("wrong sum"),

		/** A holder that had lost its lease still believed in it. */
		UNTOLD_LOSS("loss that its holder was not told of"),

		/** A healthy process waited too long for a lock that nobody used. */
		UNAVAILABLE("lock unavailable for too long"),

		/** Something else went wrong in a worker. */
		FAILURE("unexpected failure");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	@Override
	public String toString() {
		return this.kind + ", " + this.key + ": " + this.text;
	}

}
