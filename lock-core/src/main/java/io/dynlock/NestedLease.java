package io.dynlock;

import java.time.Duration;
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
		return isReleased() ? Duration.ZERO : this.outer.remaining();
	}

	@Override
	public void renew() {
		if (isReleased()) {
			throw LockExceptions.released(lockKey());
		}
		this.outer.renew();
	}

	@Override
	public void onLost(Consumer<LossReason> callback) {
		this.outer.onLost((reason) -> {
			if (!isReleased()) {
				callback.accept(reason);
			}
		});
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
		return this.released.compareAndSet(false, true) ? this.outer.leave() : LeaseKeeper.ReleaseResult.NOT_HELD;
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
