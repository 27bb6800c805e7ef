package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;

/**
 * The protocol as one process uses it on one table: acquires, keeps, looks, and closes.
 * Thread-safe.
 */
public final class LockClient {

	/** How often a lock may change hands while it is being released by name. */
	private static final int MAX_FORCE_ATTEMPTS = 10;

	private final LockTable table;

	private final Sleeper sleeper;

	private final Acquirer acquirer;

	private final LeaseKeeper leases;

	private volatile boolean closed;

	/**
	 * Creates a client.
	 * @param table the table
	 * @param time the clocks
	 * @param scheduler runs timers and background requests
	 * @param sleeper makes waiting callers wait
	 * @param random spreads pauses
	 * @param ids makes an id that was never used before
	 * @param callbacks runs what users want to be told
	 */
	public LockClient(LockTable table, TimeSource time, Scheduler scheduler, Sleeper sleeper, RandomGenerator random,
			Supplier<String> ids, Executor callbacks) {
		AsyncLockTable background = (request, handler) -> scheduler.execute(() -> {
			Reading before = time.now();
			handler.answered(table.send(request), before);
		});
		Leftovers leftovers = new Leftovers(background, scheduler, time, random);
		this.table = table;
		this.sleeper = sleeper;
		this.acquirer = new Acquirer(table, time, sleeper, random, ids, leftovers);
		this.leases = new LeaseKeeper(table, background, scheduler, time, random, callbacks, leftovers);
	}

	/**
	 * Acquires a lock, or waits for it as long as the terms say. Whatever the end, a lock
	 * that may have been taken without being granted is released in the background.
	 * @param key the lock
	 * @param terms what is asked for
	 * @param listener is told of every attempt
	 * @return what came of it
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public Acquisition.Result acquire(LockKey key, Terms terms, AttemptListener listener) throws InterruptedException {
		return this.acquirer.acquire(key, terms, listener);
	}

	/**
	 * Takes care of what was acquired.
	 * @param grant what was acquired
	 * @param listener is told what happens to it
	 * @return the lease; empty, and the lock released, when this client is closed
	 */
	public Optional<HeldLease> hold(Grant grant, LeaseListener listener) {
		return this.leases.hold(grant, listener);
	}

	/** The leases held by this client. */
	public LeaseKeeper leases() {
		return this.leases;
	}

	/**
	 * What stands in the table.
	 * @param key the lock
	 * @return the lock's item; empty when there is none
	 * @throws TableFailureException if there was no answer
	 */
	public Optional<LockRecord> read(LockKey key) {
		Request read = new Request.Read(key, true);
		Answer answer = this.table.send(read);
		if (answer instanceof Answer.Failed failed && failed.failure().kind() == TableFailure.Kind.UNPREPARED) {
			prepare(key);
			answer = this.table.send(read);
		}
		if (answer instanceof Answer.Found found) {
			return found.current();
		}
		throw failureIn(answer);
	}

	/**
	 * Sees to it that the table can be used.
	 * @param key the lock on whose behalf
	 * @throws TableFailureException if it cannot be used
	 */
	public void prepare(LockKey key) {
		Answer answer = this.table.send(new Request.Prepare(key));
		if (!(answer instanceof Answer.Written)) {
			throw failureIn(answer);
		}
	}

	/**
	 * Frees a lock, whoever holds it.
	 * @param key the lock
	 * @return what was held; empty when the lock was free
	 * @throws TableFailureException if there was no answer
	 */
	public Optional<LockRecord> forceRelease(LockKey key) {
		for (int attempt = 0; attempt < MAX_FORCE_ATTEMPTS; attempt++) {
			Optional<LockRecord> held = read(key).filter((current) -> !current.isFree());
			if (held.isEmpty() || forceRelease(held.get())) {
				return held;
			}
		}
		throw new TableFailureException(new TableFailure(TableFailure.Kind.NO_ANSWER, "The lock '" + key
				+ "' changed hands " + MAX_FORCE_ATTEMPTS + " times while it was to be released; try again"));
	}

	/**
	 * Frees a lock, if it is still held as it was seen.
	 * @param held what was seen
	 * @return whether it still was
	 * @throws TableFailureException if there was no answer
	 */
	public boolean forceRelease(LockRecord held) {
		Answer answer = this.table.send(held.leaseId()
			.<Request>map((leaseId) -> new Request.Release(held.key(), leaseId))
			.orElseGet(() -> new Request.ReleaseForeign(held.key())));
		if (answer instanceof Answer.Written) {
			return true;
		}
		if (answer instanceof Answer.Refused) {
			return false;
		}
		throw failureIn(answer);
	}

	private static TableFailureException failureIn(Answer answer) {
		if (answer instanceof Answer.Failed failed) {
			return new TableFailureException(failed.failure());
		}
		throw new IllegalStateException("Not an answer to this request: " + answer);
	}

	/** Whether {@link #close} was called. */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Ends all waiting, takes no more leases, and gives back those that are held, but for
	 * permanent locks. The scheduler is not shut down.
	 * @param nanos how long to wait for the releases, in nanoseconds
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public void close(long nanos) throws InterruptedException {
		this.closed = true;
		this.sleeper.wakeAll();
		this.leases.close(nanos);
	}

}
