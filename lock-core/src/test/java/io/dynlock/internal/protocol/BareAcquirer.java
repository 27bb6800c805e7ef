package io.dynlock.internal.protocol;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;

/**
 * Acquires locks from a table, with nobody to keep them: what is granted here is left
 * alone.
 */
public final class BareAcquirer {

	private final Acquirer acquirer;

	public BareAcquirer(LockTable table, TimeSource time, Scheduler scheduler, Sleeper sleeper, RandomGenerator random,
			Supplier<String> ids) {
		AsyncLockTable background = (request, patienceNanos, handler) -> scheduler.execute(patienceNanos, () -> {
			Reading before = time.now();
			handler.answered(table.send(request), before);
		});
		this.acquirer = new Acquirer(table, time, sleeper, random, ids,
				new Leftovers(background, scheduler, time, random));
	}

	/**
	 * Calls acquire.
	 * @param key the lock
	 * @param terms what is asked for
	 * @param listener is told of every attempt
	 */
	public Acquisition.Result acquire(LockKey key, Terms terms, AttemptListener listener) throws InterruptedException {
		return this.acquirer.acquire(new Place(key, terms), terms, listener);
	}

}
