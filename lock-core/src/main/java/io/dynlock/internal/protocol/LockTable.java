package io.dynlock.internal.protocol;

/**
 * The table, as the protocol uses it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface LockTable {

	/**
	 * Sends a request and waits for its answer.
	 * @param request what is asked
	 * @return what came of it; failures are answers too, nothing is thrown
	 */
	Answer send(Request request);

}
