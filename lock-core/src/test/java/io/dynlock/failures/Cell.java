package io.dynlock.failures;

/**
 * What comes of an operation that meets a failure.
 *
 * @param gets what the caller gets
 * @param retried who tries again
 * @param leaves what is left in the table
 */
record Cell(Gets gets, Retried retried, Leaves leaves) {

	/** What the caller gets. */
	enum Gets {

		UNKNOWN("`LockTableException`, outcome unknown"),

		KNOWN("`LockTableException`"),

		NOT_ACTIVE("`TableNotActiveException`"),

		THE_LOCK("the lock"),

		DONE("`true`"),

		FREE("it is free"),

		NO_LOCKS("no locks");

		private final String text;

		Gets(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/** Who tries again. */
	enum Retried {

		NO("no", false, false),

		SDK("by the SDK", true, false),

		WAITING("until the wait is over", false, true),

		SDK_AND_LOOK("by the SDK; then the table is seen", true, false),

		SDK_AND_WAITING("by the SDK, and until the wait is over", true, true),

		LEASE("until the lease has run out", false, true),

		SDK_AND_LEASE("by the SDK, and until the lease has run out", true, true),

		BACKGROUND("in the background", false, true),

		SDK_AND_BACKGROUND("by the SDK, and in the background", true, true),

		NEW_TABLE("once, in a new table", false, false);

		private final String text;

		private final boolean bySdk;

		private final boolean byUs;

		Retried(String text, boolean bySdk, boolean byUs) {
			this.text = text;
			this.bySdk = bySdk;
			this.byUs = byUs;
		}

		/** Whether the SDK sends the request again. */
		boolean bySdk() {
			return this.bySdk;
		}

		/** Whether dynlock asks the SDK again. */
		boolean byUs() {
			return this.byUs;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/** What is left in the table. */
	enum Leaves {

		NOTHING("nothing"),

		UNDONE("nothing: what may stand there is released in the background"),

		THE_LOCK("the lock"),

		OTHERS("the holder's lock, untouched"),

		RELEASED_AFTER_LOSS("nothing: the lock is released after the loss"),

		UNTIL_RELEASED("the lock, until a release gets through or others have outwaited the lease"),

		OTHER_TABLE("the other table, untouched");

		private final String text;

		Leaves(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
