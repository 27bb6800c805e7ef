package io.dynlock.internal.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers since when this process has seen which lease on which lock, and so knows when
 * a holder that renews no more has lost it.
 * <p>
 * A lease is over once the same {@code (leaseId, version)} has stood for its duration and
 * 2&nbsp;% more, by this process's own monotonic clock, counted from the arrival of the
 * answer that first showed it. The 2&nbsp;% cover clocks that run at different rates.
 * What was seen outlives the call that saw it, so that callers who never wait get a dead
 * holder's lock too.
 * <p>
 * Thread-safe; bounded: the locks longest not looked at are forgotten first.
 */
public final class Watches {

	/** How many locks are remembered. */
	static final int CAPACITY = 10_000;

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final Map<LockKey, Watch> watches = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<LockKey, Watch> eldest) {
			return size() > CAPACITY;
		}

	};

	/**
	 * Notes what a refused write brought back, which is the state that refused it.
	 * @param held a held lock
	 * @param nanos when the answer arrived
	 */
	void refusedBy(LockRecord held, long nanos) {
		note(held, nanos, true);
	}

	/**
	 * Notes what a read found, which may be older than what is known.
	 * @param held a held lock
	 * @param nanos when the answer arrived
	 */
	void read(LockRecord held, long nanos) {
		note(held, nanos, false);
	}

	private synchronized void note(LockRecord held, long nanos, boolean current) {
		Watch known = this.watches.get(held.key());
		if (held.leaseId().isEmpty() || held.version().isEmpty() || held.leaseMillis().isEmpty()) {
			this.watches.remove(held.key());
			return;
		}
		Sighting sighting = new Sighting(held.leaseId().get(), held.version().getAsLong());
		if (known != null && known.sighting.equals(sighting)) {
			return;
		}
		if (known != null && !current && sighting.version() < known.sighting.version()) {
			return;
		}
		this.watches.put(held.key(), new Watch(sighting, nanos, patienceNanos(held.leaseMillis().getAsLong())));
	}

	/**
	 * The lease on a lock that is known to have run out, if so.
	 * @param key the lock
	 * @param nanos now
	 */
	synchronized Optional<Sighting> runOut(LockKey key, long nanos) {
		Watch watch = this.watches.get(key);
		return (watch != null && watch.remaining(nanos) <= 0) ? Optional.of(watch.sighting) : Optional.empty();
	}

	/**
	 * How long until the watched lease runs out, in nanoseconds; {@link Long#MAX_VALUE}
	 * when none is watched.
	 * @param key the lock
	 * @param nanos now
	 */
	synchronized long remainingNanos(LockKey key, long nanos) {
		Watch watch = this.watches.get(key);
		return (watch != null) ? Math.max(0, watch.remaining(nanos)) : Long.MAX_VALUE;
	}

	/**
	 * Forgets what was seen of a lock, because it is free or ours.
	 * @param key the lock
	 */
	synchronized void forget(LockKey key) {
		this.watches.remove(key);
	}

	synchronized int size() {
		return this.watches.size();
	}

	/** A lease and 2 % of it. */
	private static long patienceNanos(long leaseMillis) {
		return leaseMillis * NANOS_PER_MILLI + leaseMillis * NANOS_PER_MILLI / 50;
	}

	private record Watch(Sighting sighting, long sinceNanos, long patienceNanos) {

		long remaining(long nanos) {
			return this.patienceNanos - (nanos - this.sinceNanos);
		}
	}

}
