package io.dynlock.torture.strike;

import java.io.IOException;
import java.time.Duration;

import io.dynlock.torture.evidence.FaultKind;

/**
 * A worker, as far as it can be struck.
 */
public interface Target {

	/**
	 * Kills it in the middle of a section, if there is one soon, and starts another in
	 * its place.
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	void killAndRestart() throws InterruptedException;

	/**
	 * Lets it stand still, from the middle of a section on, if there is one soon.
	 * @param length how long
	 * @throws IOException if the signal cannot be sent
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	void freeze(Duration length) throws IOException, InterruptedException;

	/** From now on, this befalls its requests. */
	void begin(FaultKind kind);

	/**
	 * Waits until that has befallen one, or, for want of a request, a little.
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	void awaitBefallen() throws InterruptedException;

	/** Its requests are well again. */
	void end();

}
