package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;

import io.dynlock.LockException;
import io.dynlock.LockLostException;
import io.dynlock.LockTableException;
import io.dynlock.LockTimeoutException;

/**
 * Threads that do one thing after the other. From time to time they rest, so that what is
 * left then is what was left behind.
 */
final class Load {

	/** Longer than any activity takes. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Cuts cuts;

	private final Tally tally;

	/** Fair, so that the threads come to rest. */
	private final ReadWriteLock rest = new ReentrantReadWriteLock(true);

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean finish;

	Load(Cuts cuts, Tally tally) {
		this.cuts = cuts;
		this.tally = tally;
	}

	/**
	 * Starts threads that rest together.
	 * @param number how many
	 * @param deck what they do
	 * @param random for their choices
	 */
	void start(int number, Deck deck, SplittableRandom random) {
		for (int i = 0; i < number; i++) {
			SplittableRandom choices = random.split();
			start(() -> {
				this.rest.readLock().lock();
				try {
					once(deck.draw(), choices);
				}
				finally {
					this.rest.readLock().unlock();
				}
			});
		}
	}

	/** Starts a thread that never rests. */
	void startRestless(Activity activity, SplittableRandom random) {
		start(() -> once(activity, random));
	}

	private void start(Runnable cycle) {
		Thread thread = new Thread(() -> {
			while (!this.finish && !Thread.currentThread().isInterrupted()) {
				cycle.run();
			}
		}, "load-" + this.threads.size());
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	private void once(Activity activity, RandomGenerator random) {
		long since = System.nanoTime();
		try {
			activity.body().run(random);
			this.tally.done(activity.name());
		}
		catch (LockException ex) {
			if (mayComeOfACut(ex) && this.cuts.mayExplain(since)) {
				this.tally.provoked("cut off: " + ex.getClass().getSimpleName());
			}
			else {
				this.tally.violation(activity.name() + ": " + ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			this.tally.violation(activity.name() + ": " + ex);
		}
	}

	private static boolean mayComeOfACut(LockException ex) {
		return ex instanceof LockTableException || ex instanceof LockLostException
				|| ex instanceof LockTimeoutException;
	}

	/**
	 * Does something while the threads rest.
	 * @param <T> what comes of it
	 * @param action what to do
	 * @throws Exception if that throws it
	 */
	<T> T atRest(Callable<T> action) throws Exception {
		this.rest.writeLock().lock();
		try {
			return action.call();
		}
		finally {
			this.rest.writeLock().unlock();
		}
	}

	/** Has the threads end what they do. */
	void finish() throws InterruptedException {
		this.finish = true;
		for (Thread thread : this.threads) {
			thread.join(PATIENCE.toMillis());
			if (thread.isAlive()) {
				this.tally.violation(thread.getName() + " does not finish: " + List.of(thread.getStackTrace()));
			}
		}
	}

}
