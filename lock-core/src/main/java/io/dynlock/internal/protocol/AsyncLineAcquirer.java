package io.dynlock.internal.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires locks for callers who do not wait: they stand in line like threads, and are
 * called back. Thread-safe.
 */
final class AsyncLineAcquirer {

	private static final Logger logger = LoggerFactory.getLogger(AsyncLineAcquirer.class);

	private final LocalQueue queue;

	private final AsyncAcquirer acquirer;

	private final Tenures tenures;

	private final TimeSource time;

	private final Scheduler scheduler;

	private final Map<Place, CompletableFuture<Outcome>> pending = new ConcurrentHashMap<>();

	private volatile boolean closed;

	AsyncLineAcquirer(LocalQueue queue, AsyncAcquirer acquirer, Tenures tenures, TimeSource time, Scheduler scheduler) {
		this.queue = queue;
		this.acquirer = acquirer;
		this.tenures = tenures;
		this.time = time;
		this.scheduler = scheduler;
	}

	/**
	 * Acquires a lock as {@link LineAcquirer#acquire} does, taking no thread while it
	 * waits.
	 * @param key the lock
	 * @param terms what is asked for
	 * @param listener is told of every attempt on the table
	 * @return completes with what came of it, on a background thread; to be cancelled by
	 * whoever does not want it any more, which leaves nothing held
	 */
	CompletableFuture<Outcome> acquire(LockKey key, Terms terms, AttemptListener listener) {
		long started = this.time.nanoTime();
		Place place = new Place(key, terms);
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		this.pending.put(place, outcome);
		outcome.whenComplete((result, failure) -> this.pending.remove(place));
		if (this.closed) {
			outcome.complete(new Acquisition.Result.Busy(Optional.empty(), 1));
			return outcome;
		}
		Place first = this.queue.join(place, terms.mayWait());
		if (first == place) {
			acquireFromTableAsync(place, terms, listener, outcome);
		}
		else if (!terms.mayWait()) {
			outcome.complete(new Acquisition.Result.Busy(first.holder(), 1));
		}
		else {
			logger.debug("Standing in line for the lock '{}', behind others of this process", key);
			standInLine(place, started, listener, outcome);
		}
		return outcome;
	}

	private void standInLine(Place place, long started, AttemptListener listener, CompletableFuture<Outcome> outcome) {
		LockKey key = place.key();
		Scheduler.Timer timeout = (place.terms().lineNanos() == Terms.FOREVER) ? () -> {
		} : this.scheduler.schedule(place.terms().lineNanos(), () -> {
			if (this.queue.leave(place)) {
				inBackground(place, () -> outcome.complete(new Acquisition.Result.Busy(this.queue.holder(key), 1)));
			}
		});
		outcome.whenComplete((result, failure) -> {
			timeout.cancel();
			this.queue.leave(place);
		});
		place.call().thenAcceptAsync((call) -> {
			if (call instanceof Call.Turn turn && !outcome.isDone()) {
				long standBack = Math.min(turn.notBeforeNanos() - this.time.nanoTime(),
						place.terms().remainingNanos(started, this.time.nanoTime()));
				this.scheduler.schedule(standBack,
						() -> acquireFromTableAsync(place,
								place.terms().waiting(place.terms().remainingNanos(started, this.time.nanoTime())),
								listener, outcome));
			}
			else if (call instanceof Call.HandedOn handedOn) {
				deliver(new Outcome.Held(handedOn.tenure()), outcome);
			}
			else if (call instanceof Call.Closed) {
				outcome.complete(new Acquisition.Result.Busy(Optional.empty(), 1));
			}
			else {
				this.tenures.decline(place, call);
			}
		}, (task) -> inBackground(place, task));
	}

	/**
	 * What callers do with an outcome may take its time, and is not to run in the thread
	 * of whoever released the lock, among its scopes, or in that of the timers.
	 */
	private void inBackground(Place place, Runnable task) {
		this.scheduler.execute(place.terms().leaseNanos(), task);
	}

	private void acquireFromTableAsync(Place place, Terms terms, AttemptListener listener,
			CompletableFuture<Outcome> outcome) {
		this.acquirer.acquire(place, terms, listener, outcome)
			.thenAccept((result) -> deliver(this.tenures.settle(place, result), outcome))
			.exceptionally((failure) -> {
				this.queue.pass(place, this.time.nanoTime());
				outcome.completeExceptionally(failure);
				return null;
			});
	}

	/** Gives a caller its outcome; what it does not want any more goes to the next. */
	private void deliver(Outcome result, CompletableFuture<Outcome> outcome) {
		if (!outcome.complete(result) && result instanceof Outcome.Held held) {
			inBackground(held.tenure().place(), () -> this.tenures.end(held.tenure()));
		}
	}

	/** Ends all waiting, for good. */
	void close() {
		this.closed = true;
		this.pending.values().forEach((outcome) -> outcome.complete(new Acquisition.Result.Busy(Optional.empty(), 1)));
	}

}
