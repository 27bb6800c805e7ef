package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;

/**
 * The protocol as one process uses it on one table: puts its parts together. Thread-safe.
 */
public final class LockClient {

	private final Sleeper sleeper;

	private final LocalQueue queue = new LocalQueue();

	private final LeaseKeeper leases;

	private final Tenures tenures;

	private final LineAcquirer acquirer;

	private final AsyncLineAcquirer asyncAcquirer;

	private final TableInspector inspector;

	private volatile boolean draining;

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
	 * @param handOff for how long to keep a lock in this process
	 */
	public LockClient(LockTable table, TimeSource time, Scheduler scheduler, Sleeper sleeper, RandomGenerator random,
			Supplier<String> ids, Executor callbacks, HandOff handOff) {
		this(table, (request, patienceNanos, handler) -> scheduler.execute(patienceNanos, () -> {
			Reading before = time.now();
			handler.answered(answer(table, request), before);
		}), time, scheduler, sleeper, random, ids, callbacks, handOff);
	}

	/**
	 * Creates a client with a way of its own to send requests in the background.
	 * @param table the table
	 * @param background the same table, for requests nobody waits for
	 * @param time the clocks
	 * @param scheduler runs timers and background tasks
	 * @param sleeper makes waiting callers wait
	 * @param random spreads pauses
	 * @param ids makes an id that was never used before
	 * @param callbacks runs what users want to be told
	 * @param handOff for how long to keep a lock in this process
	 */
	public LockClient(LockTable table, AsyncLockTable background, TimeSource time, Scheduler scheduler, Sleeper sleeper,
			RandomGenerator random, Supplier<String> ids, Executor callbacks, HandOff handOff) {
		Leftovers leftovers = new Leftovers(background, scheduler, time, random);
		Acquirer tableAcquirer = new Acquirer(table, time, sleeper, random, ids, leftovers);
		this.sleeper = sleeper;
		this.leases = new LeaseKeeper(table, background, scheduler, time, random, callbacks, leftovers,
				(lease) -> this.queue.pass(lease.place(), time.nanoTime()));
		this.tenures = new Tenures(this.queue, this.leases, handOff, time);
		this.acquirer = new LineAcquirer(this.queue, tableAcquirer, this.tenures, time, sleeper);
		this.asyncAcquirer = new AsyncLineAcquirer(this.queue, new AsyncAcquirer(tableAcquirer, background, scheduler),
				this.tenures, time, scheduler);
		this.inspector = new TableInspector(table);
	}

	/** In the background, nobody would hear of what was thrown. */
	private static Answer answer(LockTable table, Request request) {
		try {
			return table.send(request);
		}
		catch (RuntimeException | Error ex) {
			return new Answer.Failed(TableFailure.unforeseen(ex));
		}
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
	public Outcome acquire(LockKey key, Terms terms, AttemptListener listener) throws InterruptedException {
		return this.acquirer.acquire(key, terms, listener);
	}

	/**
	 * Acquires a lock like {@link #acquire}, taking no thread while it waits.
	 * @param key the lock
	 * @param terms what is asked for
	 * @param listener is told of every attempt on the table
	 * @return completes with what came of it, on a background thread; to be cancelled by
	 * whoever does not want it any more, which leaves nothing held
	 */
	public CompletableFuture<Outcome> acquireAsync(LockKey key, Terms terms, AttemptListener listener) {
		return this.asyncAcquirer.acquire(key, terms, listener);
	}

	/**
	 * Begins a caller's time with a lock.
	 * @param tenure what was acquired
	 * @param listener is told what happens to the lease
	 */
	public void begin(Tenure tenure, LeaseListener listener) {
		this.tenures.begin(tenure, listener);
	}

	/**
	 * Ends a caller's time with a lock: hands it on to the next in line, or releases it.
	 * @param tenure the caller's time
	 * @return whether the lock was held until now, or what went wrong
	 */
	public LeaseKeeper.ReleaseResult end(Tenure tenure) {
		return this.tenures.end(tenure);
	}

	/**
	 * Ends a caller's time with a lock a little later, in the background.
	 * @param tenure the caller's time
	 * @param delayNanos when, in nanoseconds from now
	 * @return whether the lock was held until now
	 */
	public LeaseKeeper.ReleaseResult endLater(Tenure tenure, long delayNanos) {
		return this.tenures.endLater(tenure, delayNanos);
	}

	/**
	 * How many other callers want a lock.
	 * @param tenure the time of the caller who has it
	 */
	public int waiting(Tenure tenure) {
		return this.queue.waiting(tenure.place());
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
		return this.inspector.read(key);
	}

	/**
	 * Frees a lock, whoever holds it.
	 * @param key the lock
	 * @return what was held; empty when the lock was free
	 * @throws TableFailureException if there was no answer
	 */
	public Optional<LockRecord> forceRelease(LockKey key) {
		Optional<LockRecord> released = this.inspector.forceRelease(key);
		released.ifPresent(this.leases::forceReleased);
		return released;
	}

	/**
	 * Frees a lock, if it is still held as it was seen.
	 * @param held what was seen
	 * @return whether it still was
	 * @throws TableFailureException if there was no answer
	 */
	public boolean forceRelease(LockRecord held) {
		boolean released = this.inspector.forceRelease(held);
		if (released) {
			this.leases.forceReleased(held);
		}
		return released;
	}

	/** Whether no lock is held or wanted, so that nothing is remembered of any. */
	public boolean isIdle() {
		return this.queue.size() == 0 && this.leases.size() == 0;
	}

	/** Whether {@link #drain} or {@link #close} was called. */
	public boolean isDraining() {
		return this.draining;
	}

	/** Whether {@link #close} was called. */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Ends all waiting and takes no more leases; those that are held are looked after
	 * until they are given back.
	 * @return completes when none is held, or being given back, any more, but for
	 * permanent locks and leases that are to be held a little longer
	 */
	public CompletableFuture<Void> drain() {
		this.draining = true;
		this.sleeper.wakeAll();
		this.queue.close();
		this.asyncAcquirer.close();
		return this.leases.drain();
	}

	/**
	 * Ends all waiting, takes no more leases, and gives back those that are held, but for
	 * permanent locks. The scheduler is not shut down.
	 * @param nanos how long to wait for the releases, in nanoseconds
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public void close(long nanos) throws InterruptedException {
		this.closed = true;
		drain();
		this.leases.close(nanos);
	}

}
