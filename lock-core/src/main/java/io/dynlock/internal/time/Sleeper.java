package io.dynlock.internal.time;

/**
 * Makes the calling thread wait.
 */
public interface Sleeper {

	/**
	 * Waits.
	 * @param nanos how long, in nanoseconds
	 * @return {@code true} after that time, {@code false} at once when there is nothing
	 * to wait for any more, because {@link #wakeAll} was called
	 * @throws InterruptedException if the thread is interrupted before or while it waits
	 */
	boolean sleep(long nanos) throws InterruptedException;

	/** Ends every sleep, those under way and those to come. */
	void wakeAll();

}
