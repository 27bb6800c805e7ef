package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires locks for threads that wait: they stand in line with others of this process,
 * and the first talks to the table. Thread-safe.
 */
final class LineAcquirer {

	private static final Logger logger = LoggerFactory.getLogger(LineAcquirer.class);

	private final LocalQueue queue;

	private final Acquirer acquirer;

	private final Tenures tenures;

	private final TimeSource time;

	private final Sleeper sleeper;

	LineAcquirer(LocalQueue queue, Acquirer acquirer, Tenures tenures, TimeSource time, Sleeper sleeper) {
		this.queue = queue;
		this.acquirer = acquirer;
		this.tenures = tenures;
		this.time = time;
		this.sleeper = sleeper;
	}

	/**
	 * Acquires a lock, or waits for it as long as the terms say. Callers of this process
	 * who want the same lock stand in line; the first of them talks to the table.
	 * Whatever the end, a lock that may have been taken without being granted is released
	 * in the background.
	 * @param key the lock
	 * @param terms what is asked for
	 * @param listener is told of every attempt on the table
	 * @return what came of it
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	Outcome acquire(LockKey key, Terms terms, AttemptListener listener) throws InterruptedException {
		long started = this.time.nanoTime();
		Place place = new Place(key, terms);
		Place first = this.queue.join(place, terms.mayWait());
		if (first == place) {
			return acquireFromTable(place, terms, listener);
		}
		if (!terms.mayWait()) {
			return new Acquisition.Result.Busy(first.holder(), 1);
		}
		logger.debug("Standing in line for the lock '{}', behind others of this process", key);
		Call call = awaitCall(place);
		if (call instanceof Call.HandedOn handedOn) {
			return new Outcome.Held(handedOn.tenure());
		}
		if (call instanceof Call.Turn turn) {
			return takeTurn(place, turn, started, listener);
		}
		return new Acquisition.Result.Busy(this.queue.holder(key), 1);
	}

	/** Waits in line; {@link Call.Closed} too when the time is over. */
	private Call awaitCall(Place place) throws InterruptedException {
		try {
			return place.call().get(place.terms().lineNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return this.queue.leave(place) ? new Call.Closed() : place.call().join();
		}
		catch (InterruptedException ex) {
			if (!this.queue.leave(place)) {
				this.tenures.decline(place, place.call().join());
			}
			throw ex;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A call never fails", ex);
		}
	}

	private Outcome takeTurn(Place place, Call.Turn turn, long started, AttemptListener listener)
			throws InterruptedException {
		long standBack = Math.min(turn.notBeforeNanos() - this.time.nanoTime(),
				place.terms().remainingNanos(started, this.time.nanoTime()));
		boolean ready = false;
		try {
			ready = standBack <= 0 || this.sleeper.sleep(standBack);
		}
		finally {
			if (!ready) {
				this.queue.pass(place, turn.notBeforeNanos());
			}
		}
		return ready
				? acquireFromTable(place,
						place.terms().waiting(place.terms().remainingNanos(started, this.time.nanoTime())), listener)
				: new Acquisition.Result.Busy(Optional.empty(), 1);
	}

	private Outcome acquireFromTable(Place place, Terms terms, AttemptListener listener) throws InterruptedException {
		boolean settled = false;
		try {
			Outcome outcome = this.tenures.settle(place, this.acquirer.acquire(place, terms, listener));
			settled = true;
			return outcome;
		}
		finally {
			if (!settled) {
				this.queue.pass(place, this.time.nanoTime());
			}
		}
	}

}
