package io.dynlock.internal.time;

import java.time.Duration;

/**
 * Runs work later or elsewhere. Implementations are thread-safe.
 */
public interface Scheduler {

	/**
	 * Runs a task once, after a delay.
	 * @param delayNanos how long to wait, in nanoseconds; at once when not positive
	 * @param task what to run; it must not block
	 * @return a handle to cancel the task; ignored work after {@link #shutdown}
	 */
	Timer schedule(long delayNanos, Runnable task);

	/**
	 * Runs a task that may block, such as a request, on one of a few background threads;
	 * after {@link #shutdown}, in the calling thread, because what comes so late is the
	 * release of a lock that nobody else would release. Of the tasks that wait for a
	 * thread, the one whose patience ends first is next. So none waits for ever: whatever
	 * comes after its patience has ended comes behind it.
	 * @param patienceNanos how long the task may wait, in nanoseconds, without harm
	 * @param task what to run
	 */
	void execute(long patienceNanos, Runnable task);

	/**
	 * Ends the timers at once and the background threads when their work is done, or when
	 * the limit has passed.
	 * @param limit how long to wait for running work
	 */
	void shutdown(Duration limit);

	/**
	 * A task that waits for its time.
	 */
	@FunctionalInterface
	interface Timer {

		/** Keeps the task from starting, if it has not yet started. */
		void cancel();

	}

}
