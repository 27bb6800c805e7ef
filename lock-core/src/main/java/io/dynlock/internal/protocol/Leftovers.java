package io.dynlock.internal.protocol;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases, in the background, locks that nobody believes to hold but the table may say
 * are held: acquisitions whose outcome is unknown, releases that failed, leases that were
 * lost. Tries until it has an answer, or until the lease has run out for everybody.
 * Thread-safe.
 */
final class Leftovers {

	private static final Logger logger = LoggerFactory.getLogger(Leftovers.class);

	private static final long FIRST_PAUSE_NANOS = 100_000_000L;

	private static final long MAX_PAUSE_NANOS = 5_000_000_000L;

	private final AsyncLockTable table;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final RandomGenerator random;

	private final Set<Request.Release> pending = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private volatile boolean closing;

	Leftovers(AsyncLockTable table, Scheduler scheduler, TimeSource time, RandomGenerator random) {
		this.table = table;
		this.scheduler = scheduler;
		this.time = time;
		this.random = random;
	}

	/**
	 * Makes a release known that is going to come, so that closing waits for it.
	 * @param grant what will be released
	 */
	void announce(Grant grant) {
		this.pending.add(new Request.Release(grant.key(), grant.leaseId()));
	}

	/**
	 * Releases what was granted, if it is still held.
	 * @param grant what to release
	 */
	void release(Grant grant) {
		release(grant.key(), List.of(grant.leaseId()), grant.holding(), grant.leaseMillis());
	}

	/**
	 * Releases a lock if it is still held under one of several ids. They are released one
	 * after the other: a write still on its way may replace one by the next, and would
	 * slip through between releases in another order.
	 * @param key the lock
	 * @param leaseIds the ids, in the order in which they may have come to hold the lock
	 * @param holding how it would be held
	 * @param leaseMillis how long its lease would last
	 */
	void release(LockKey key, List<String> leaseIds, Holding holding, long leaseMillis) {
		List<Request.Release> releases = leaseIds.stream().map((leaseId) -> new Request.Release(key, leaseId)).toList();
		this.pending.addAll(releases);
		long patience = (holding == Holding.PERMANENT) ? Validity.ENDLESS : 2 * leaseMillis * 1_000_000;
		releaseNext(releases.iterator(), patience);
	}

	private void releaseNext(Iterator<Request.Release> releases, long patience) {
		if (releases.hasNext()) {
			Backoff backoff = new Backoff(FIRST_PAUSE_NANOS, MAX_PAUSE_NANOS, 1, this.random);
			attempt(releases.next(), this.time.nanoTime(), patience, backoff, () -> releaseNext(releases, patience));
		}
	}

	private void attempt(Request.Release release, long since, long patience, Backoff backoff, Runnable next) {
		this.table.send(release, Math.min(patience / 2, MAX_PAUSE_NANOS), (answer, before) -> {
			if (!(answer instanceof Answer.Failed failed) || failed.failure().kind() == TableFailure.Kind.NO_TABLE) {
				done(release);
				next.run();
			}
			else if (this.time.nanoTime() - since >= patience) {
				warn(release, failed.failure().message());
				done(release);
				next.run();
			}
			else {
				this.scheduler.schedule(backoff.next(this.time.nanoTime() - since),
						() -> attempt(release, since, patience, backoff, next));
			}
		});
	}

	private void done(Request.Release release) {
		this.pending.remove(release);
		if (this.closing && this.pending.isEmpty()) {
			this.drained.complete(null);
		}
	}

	/**
	 * Waits until nothing is left to release, and says what is left after the limit.
	 * @param nanos how long to wait, in nanoseconds
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	void close(long nanos) throws InterruptedException {
		this.closing = true;
		if (this.pending.isEmpty()) {
			return;
		}
		try {
			this.drained.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			this.pending.forEach((release) -> warn(release, "The time for closing is over."));
		}
	}

	private static void warn(Request.Release release, String reason) {
		logger.warn(
				"Could not release the lock '{}' (lease {}): {} If it is held, then until its lease has run out for"
						+ " whoever watches it; a permanent lock until it is released by name.",
				release.key(), release.leaseId(), reason);
	}

}
