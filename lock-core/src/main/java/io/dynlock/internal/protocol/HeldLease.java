package io.dynlock.internal.protocol;

import java.util.Optional;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.Scheduler;

/**
 * One lease of this process: its validity, and what has become of it. Makes no requests
 * and sets no timers; {@link LeaseKeeper} does. Thread-safe.
 */
public final class HeldLease {

	private final Grant grant;

	private LeaseListener listener = LeaseListener.NONE;

	private Place place;

	private State state = State.HELD;

	private Validity validity;

	private int renewals;

	private Optional<Loss> loss = Optional.empty();

	private Optional<TableFailure> lastFailure = Optional.empty();

	private boolean renewing;

	private Scheduler.Timer renewal = () -> {
	};

	private Scheduler.Timer expiry = () -> {
	};

	HeldLease(Grant grant, Place place) {
		this.grant = grant;
		this.place = place;
		this.validity = grant.validity();
	}

	/** The grant it began with. */
	public Grant grant() {
		return this.grant;
	}

	/**
	 * Why it was lost, if it was. While that is being found out after a refused renewal:
	 * that it was released by name, which is all that is known.
	 */
	public synchronized Optional<Loss> loss() {
		return (this.state == State.DOUBTED) ? Optional.of(Loss.of(Loss.Cause.FORCE_RELEASED)) : this.loss;
	}

	synchronized LeaseListener listener() {
		return this.listener;
	}

	/** The place of the caller who has the lease. */
	synchronized Place place() {
		return this.place;
	}

	/**
	 * A caller begins its time with the lease.
	 * @param place the caller's place
	 * @param listener is told what happens from now on
	 * @return whether the lease is held, or the listener will be told of its loss
	 */
	synchronized boolean begin(Place place, LeaseListener listener) {
		this.place = place;
		this.listener = listener;
		return this.state == State.HELD || this.state == State.DOUBTED;
	}

	/**
	 * The lease was handed on: whoever had it is told nothing more.
	 * @param place the place of whoever had it
	 */
	synchronized void handedOn(Place place) {
		if (this.place == place) {
			this.listener = LeaseListener.NONE;
		}
	}

	synchronized Validity validity() {
		return this.validity;
	}

	synchronized boolean isHeld() {
		return this.state == State.HELD;
	}

	synchronized boolean isReleased() {
		return this.state == State.RELEASED;
	}

	/** How often the lease was renewed; each time raised the lock's version. */
	synchronized int renewals() {
		return this.renewals;
	}

	/** Whether a renewal may start now; then none other starts until it ends. */
	synchronized boolean beginRenewal() {
		if (this.state != State.HELD || this.renewing) {
			return false;
		}
		this.renewing = true;
		return true;
	}

	/**
	 * A renewal was confirmed.
	 * @param before both clocks just before it was sent
	 * @param prolong whether the lease lasts longer now; otherwise it is just known that
	 * nobody took it
	 */
	synchronized void renewed(Reading before, boolean prolong) {
		this.renewing = false;
		this.lastFailure = Optional.empty();
		this.renewals++;
		this.validity = prolong ? this.validity.renewed(before) : this.validity.confirmed(before);
	}

	synchronized void renewalFailed(TableFailure failure) {
		this.renewing = false;
		this.lastFailure = Optional.of(failure);
	}

	/** The loss to report when the lease runs out now. */
	synchronized Loss lossByTime() {
		if (this.lastFailure.isPresent()) {
			return Loss.unreachable(this.lastFailure.get());
		}
		return this.renewing ? Loss.unreachable(
				new TableFailure(TableFailure.Kind.NO_ANSWER, "The last renewal had no answer when the lease ran out"))
				: Loss.of(Loss.Cause.EXPIRED);
	}

	/** From now on the lease is not believed in; why, is still being found out. */
	synchronized boolean doubt() {
		return leave(State.DOUBTED);
	}

	/** The lease is lost; {@code false} if it was lost or released before. */
	synchronized boolean lose(Loss loss) {
		if (this.state == State.DOUBTED || leave(State.LOST)) {
			this.state = State.LOST;
			this.loss = Optional.of(loss);
			return true;
		}
		return false;
	}

	/** The lease is being given back; {@code false} if it was lost or released before. */
	synchronized boolean beginRelease() {
		return leave(State.RELEASED);
	}

	synchronized void renewAt(Scheduler.Timer timer) {
		this.renewal = replace(this.renewal, timer);
	}

	synchronized void expireAt(Scheduler.Timer timer) {
		this.expiry = replace(this.expiry, timer);
	}

	private Scheduler.Timer replace(Scheduler.Timer old, Scheduler.Timer timer) {
		old.cancel();
		if (this.state != State.HELD) {
			timer.cancel();
		}
		return timer;
	}

	private boolean leave(State next) {
		if (this.state != State.HELD) {
			return false;
		}
		this.state = next;
		this.renewal.cancel();
		this.expiry.cancel();
		return true;
	}

	private enum State {

		HELD, DOUBTED, LOST, RELEASED

	}

}
