package io.dynlock.internal.protocol;

/**
 * Is told what happens to one lease while it is held.
 */
public interface LeaseListener {

	/** Wants to know nothing. */
	LeaseListener NONE = new LeaseListener() {

		@Override
		public void renewed(boolean success, long nanos) {
		}

		@Override
		public void lost(Loss loss) {
		}

	};

	/**
	 * A renewal has ended.
	 * @param success whether the lease was prolonged
	 * @param nanos how long it took, in nanoseconds
	 */
	void renewed(boolean success, long nanos);

	/**
	 * The lease is lost. Called once at most, on a thread that may block.
	 * @param loss why
	 */
	void lost(Loss loss);

}
