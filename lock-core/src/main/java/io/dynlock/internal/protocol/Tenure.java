package io.dynlock.internal.protocol;

/**
 * One caller's time with a lease that the callers of a process hand on among themselves.
 *
 * @param lease the lease
 * @param place the caller's place in the queue
 * @param handOns how often the lease was handed on before
 * @param keepNanos how long after its acquisition it may be handed on, in nanoseconds
 */
public record Tenure(HeldLease lease, Place place, int handOns, long keepNanos) {

	/** The number that is higher for every later tenure of the lock, anywhere. */
	public long fencingToken() {
		return FencingToken.of(this.lease.grant().version(), this.handOns);
	}

	/** The tenure of the next caller. */
	Tenure handedTo(Place next) {
		return new Tenure(this.lease, next, this.handOns + 1, this.keepNanos);
	}

}
