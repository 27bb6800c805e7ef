package io.dynlock.internal.protocol;

import io.dynlock.internal.time.Reading;

/**
 * Sends requests in the background.
 */
@FunctionalInterface
public interface AsyncLockTable {

	/**
	 * Sends a request, soon, from another thread.
	 * @param request what is asked
	 * @param patienceNanos how long it may wait for others, in nanoseconds, without harm
	 * @param handler gets the answer, on that other thread
	 */
	void send(Request request, long patienceNanos, Handler handler);

	/**
	 * Takes an answer.
	 */
	@FunctionalInterface
	interface Handler {

		/**
		 * An answer has arrived.
		 * @param answer what came of the request
		 * @param before both clocks just before the request was sent
		 */
		void answered(Answer answer, Reading before);

	}

}
