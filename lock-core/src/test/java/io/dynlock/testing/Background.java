package io.dynlock.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work in a thread of its own, which a test may interrupt.
 *
 * @param <T> what comes of it
 */
public final class Background<T> {

	private static final long LIMIT_SECONDS = 30;

	private final FutureTask<T> task;

	private final Thread thread;

	private Background(Callable<T> work) {
		this.task = new FutureTask<>(work);
		this.thread = new Thread(this.task, "background");
		this.thread.setDaemon(true);
	}

	/** Starts work in a thread of its own. */
	public static <T> Background<T> start(Callable<T> work) {
		Background<T> background = new Background<>(work);
		background.thread.start();
		return background;
	}

	/** Whether it has ended. */
	public boolean isDone() {
		return this.task.isDone();
	}

	/** Interrupts its thread. */
	public void interrupt() {
		this.thread.interrupt();
	}

	/** What came of it. */
	public T get() {
		try {
			return this.task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw new AssertionError("The work in the background failed", ex.getCause());
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError("The work in the background does not end", ex);
		}
	}

	/** What it threw. */
	public Throwable failure() {
		try {
			T result = this.task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
			throw new AssertionError("The work in the background must fail, but came to " + result);
		}
		catch (ExecutionException ex) {
			return ex.getCause();
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError("The work in the background does not end", ex);
		}
	}

}
