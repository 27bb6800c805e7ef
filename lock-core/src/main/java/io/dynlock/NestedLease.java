package io.dynlock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.TableFailure;

/**
 * The lease of code that has entered a lock again: the same lock, released when all who
 * share it have released it.
 */
final class NestedLease implements GuardedLease {

	private final TemplateLease outer;

	private final AtomicBoolean released = new AtomicBoolean();

	private final List<Consumer<LossReason>> callbacks = new CopyOnWriteArrayList<>();

	NestedLease(TemplateLease outer) {
		this.outer = outer;
	}

	@Override
	public String key() {
		return this.outer.key();
	}

	@Override
	public String name() {
		return this.outer.name();
	}

	@Override
	public long fencingToken() {
		return this.outer.fencingToken();
	}

	@Override
	public boolean isValid() {
		return !isReleased() && this.outer.isTenureValid();
	}

	@Override
	public Duration remaining() {
		return isReleased() ? Duration.ZERO : this.outer.tenureRemaining();
	}

	@Override
	public void renew() {
		if (isReleased()) {
			throw LockExceptions.released(lockKey());
		}
		this.outer.renewTenure();
	}

	@Override
	public void onLost(Consumer<LossReason> callback) {
		Consumer<LossReason> whileHeld = (reason) -> {
			if (!isReleased()) {
				callback.accept(reason);
			}
		};
		this.callbacks.add(whileHeld);
		this.outer.onLost(whileHeld);
	}

	@Override
	public boolean isReleased() {
		return this.released.get();
	}

	@Override
	public LockTrace trace() {
		return this.outer.trace();
	}

	@Override
	public LockKey lockKey() {
		return this.outer.lockKey();
	}

	@Override
	public LeaseKeeper.ReleaseResult tryRelease() {
		if (!this.released.compareAndSet(false, true)) {
			return LeaseKeeper.ReleaseResult.NOT_HELD;
		}
		this.outer.forget(this.callbacks);
		return this.outer.leave();
	}

	@Override
	public void waiveMinHold() {
		// the work of those who entered before may go on
	}

	@Override
	public LockLostException lost() {
		return this.outer.lost();
	}

	@Override
	public LockException exception(TableFailure failure) {
		return this.outer.exception(failure);
	}

	@Override
	public String toString() {
		return "Nested" + this.outer;
	}

}
