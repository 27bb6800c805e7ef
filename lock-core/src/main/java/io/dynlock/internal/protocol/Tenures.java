package io.dynlock.internal.protocol;

import java.util.Optional;

import io.dynlock.internal.time.TimeSource;

/**
 * The callers' times with their locks: begins them, and at their end hands the lock on to
 * the next in line, or releases it and lets the next try. Thread-safe.
 */
final class Tenures {

	private final LocalQueue queue;

	private final LeaseKeeper leases;

	private final HandOff handOff;

	private final TimeSource time;

	Tenures(LocalQueue queue, LeaseKeeper leases, HandOff handOff, TimeSource time) {
		this.queue = queue;
		this.leases = leases;
		this.handOff = handOff;
		this.time = time;
	}

	/**
	 * Takes care of a lock that was granted, or lets the next in line try.
	 * @param place the caller's place, the first in line
	 * @param result what came of asking the table
	 */
	Outcome settle(Place place, Acquisition.Result result) {
		if (result instanceof Acquisition.Result.Granted granted) {
			Optional<HeldLease> lease = this.leases.hold(granted.grant(), place);
			if (lease.isPresent()) {
				place.holderIsKnownBy(() -> Optional.of(granted.grant().toRecord(place.terms())));
				if (granted.grant().holding() == Holding.PERMANENT) {
					// It belongs to the table: who releases it by name need not tell this
					// process.
					this.queue.pass(place, this.time.nanoTime());
					return new Outcome.Held(new Tenure(lease.get(), place, 0, 0));
				}
				long keepNanos = this.queue.granted(place, granted.grant().version(), this.handOff);
				return new Outcome.Held(new Tenure(lease.get(), place, 0, keepNanos));
			}
		}
		this.queue.pass(place, this.time.nanoTime());
		return (result instanceof Outcome outcome) ? outcome : new Acquisition.Result.Busy(Optional.empty(), 1);
	}

	/**
	 * Begins a caller's time with a lock.
	 * @param tenure what was acquired
	 * @param listener is told what happens to the lease
	 */
	void begin(Tenure tenure, LeaseListener listener) {
		if (!tenure.lease().begin(tenure.place(), listener)) {
			this.queue.pass(tenure.place(), this.time.nanoTime());
			this.leases.tellOfLoss(tenure.lease(), listener);
		}
	}

	/**
	 * Ends a caller's time with a lock: hands it on to the next in line, or releases it.
	 * @param tenure the caller's time
	 * @return whether the lock was held until now, or what went wrong
	 */
	LeaseKeeper.ReleaseResult end(Tenure tenure) {
		HeldLease lease = tenure.lease();
		long now = this.time.nanoTime();
		boolean mayKeep = this.handOff.allows(tenure, now);
		if (mayKeep && isWorthHandingOn(lease) && this.queue.handOn(tenure, (next) -> suits(tenure, next))) {
			lease.handedOn(tenure.place());
			return LeaseKeeper.ReleaseResult.RELEASED;
		}
		this.queue.givesBack(tenure.place(), lease.grant().version() + lease.renewals());
		try {
			return this.leases.release(lease);
		}
		finally {
			long released = this.time.nanoTime();
			boolean standBack = !mayKeep && tenure.handOns() > 0;
			this.queue.pass(tenure.place(), standBack ? released + standBackNanos(tenure, released - now) : released);
		}
	}

	/**
	 * For how long to offer a lock to other processes: as long as they may pause who
	 * began to wait while it was kept, and as long as a look and a write take them.
	 */
	private static long standBackNanos(Tenure tenure, long requestNanos) {
		long pause = Backoff.longest(tenure.place().terms(), tenure.keepNanos());
		return pause + 2 * requestNanos;
	}

	/**
	 * Ends a caller's time with a lock a little later, in the background.
	 * @param tenure the caller's time
	 * @param delayNanos when, in nanoseconds from now
	 * @return whether the lock was held until now
	 */
	LeaseKeeper.ReleaseResult endLater(Tenure tenure, long delayNanos) {
		return this.leases.releaseLater(tenure.lease(), delayNanos);
	}

	/** Whether a lease is renewed, valid, and has enough left for the next caller. */
	private boolean isWorthHandingOn(HeldLease lease) {
		return lease.grant().holding() == Holding.RENEWED
				&& this.leases.remainingNanos(lease) >= lease.validity().leaseNanos() / 3;
	}

	private static boolean suits(Tenure tenure, Place next) {
		return tenure.place().terms().suit(next.terms());
	}

	/**
	 * Lets the next in line have what a place was called to but does not want any more.
	 * @param place the place
	 * @param call what it was called to
	 */
	void decline(Place place, Call call) {
		if (call instanceof Call.HandedOn handedOn) {
			end(handedOn.tenure());
		}
		else if (call instanceof Call.Turn turn) {
			this.queue.pass(place, turn.notBeforeNanos());
		}
	}

}
