package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.dynlock.internal.protocol.FencingToken;
import io.dynlock.internal.protocol.Grant;
import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LeaseListener;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.internal.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that users hold, over the one that the protocol keeps.
 */
final class TemplateLease implements Lease, LeaseListener {

	private static final Logger logger = LoggerFactory.getLogger(TemplateLease.class);

	private final Grant grant;

	private final LockOptions options;

	private final LeaseKeeper keeper;

	private final TimeSource time;

	private final Executor callbackExecutor;

	private final Listeners listeners;

	private final LockExceptions exceptions;

	private final long acquiredNanos;

	private final List<Consumer<LossReason>> callbacks = new ArrayList<>();

	private @Nullable HeldLease held;

	private @Nullable LossReason loss;

	private boolean released;

	TemplateLease(Grant grant, LockOptions options, LeaseKeeper keeper, TimeSource time, Executor callbackExecutor,
			Listeners listeners, LockExceptions exceptions) {
		this.grant = grant;
		this.options = options;
		this.keeper = keeper;
		this.time = time;
		this.callbackExecutor = callbackExecutor;
		this.listeners = listeners;
		this.exceptions = exceptions;
		this.acquiredNanos = time.nanoTime();
	}

	/** The lease is in care from now on. */
	synchronized void begin(HeldLease held) {
		this.held = held;
	}

	@Override
	public String key() {
		return this.grant.key().value();
	}

	@Override
	public String name() {
		return this.options.name();
	}

	@Override
	public long fencingToken() {
		return FencingToken.of(this.grant.version(), 0);
	}

	@Override
	public boolean isValid() {
		return !isReleased() && this.keeper.isValid(lease());
	}

	@Override
	public Duration remaining() {
		return isReleased() ? Duration.ZERO : Duration.ofNanos(this.keeper.remainingNanos(lease()));
	}

	@Override
	public void ensureValid() {
		if (!isValid()) {
			throw lost();
		}
	}

	@Override
	public void renew() {
		if (isReleased()) {
			throw lost();
		}
		Optional<TableFailure> failure = this.keeper.renew(lease());
		if (failure.isPresent()) {
			throw exception(failure.get());
		}
		ensureValid();
	}

	/** The exception for a lease that does not hold. */
	LockLostException lost() {
		LossReason reason = lease().loss().map(LossReasons::of).orElseGet(LossReason.Expired::new);
		return new LockLostException(key(), this.grant.key().toString(), reason);
	}

	/** The exception for a request that failed. */
	LockException exception(TableFailure failure) {
		return this.exceptions.of(failure, this.grant.key());
	}

	@Override
	public synchronized void onLost(Consumer<LossReason> callback) {
		LossReason reason = this.loss;
		if (reason != null) {
			this.callbackExecutor.execute(() -> call(callback, reason));
		}
		else if (!this.released) {
			this.callbacks.add(callback);
		}
	}

	@Override
	public boolean release() {
		LeaseKeeper.ReleaseResult outcome = tryRelease();
		if (outcome.failure().isPresent()) {
			throw exception(outcome.failure().get());
		}
		return outcome.held();
	}

	@Override
	public void close() {
		tryRelease().failure()
			.ifPresent((failure) -> logger.warn("Could not release the lock '{}', trying on in the background: {}",
					this.grant.key(), failure.message()));
	}

	LeaseKeeper.ReleaseResult tryRelease() {
		if (isReleased()) {
			return LeaseKeeper.ReleaseResult.NOT_HELD;
		}
		Duration heldFor = heldFor();
		Duration rest = this.options.minHold().minus(heldFor);
		LeaseKeeper.ReleaseResult result = (rest.isNegative() || rest.isZero()) ? this.keeper.release(lease())
				: this.keeper.releaseLater(lease(), rest.toNanos());
		if (result.held() && end()) {
			this.listeners.tell((listener) -> listener.released(this, heldFor));
		}
		return result;
	}

	@Override
	public void renewed(boolean success, long nanos) {
		this.listeners.tell((listener) -> listener.renewed(this, success, Duration.ofNanos(nanos)));
	}

	@Override
	public void lost(Loss cause) {
		LossReason reason = LossReasons.of(cause);
		List<Consumer<LossReason>> toCall;
		synchronized (this) {
			if (this.released) {
				return;
			}
			this.loss = reason;
			toCall = List.copyOf(this.callbacks);
			this.callbacks.clear();
		}
		logger.warn("Lost the lock '{}': {}", this.grant.key(), reason);
		this.listeners.tell((listener) -> listener.lost(this, reason, heldFor()));
		toCall.forEach((callback) -> call(callback, reason));
	}

	private void call(Consumer<LossReason> callback, LossReason reason) {
		try {
			callback.accept(reason);
		}
		catch (RuntimeException ex) {
			logger.error("A callback failed that was to be told of the loss of the lock '{}'", this.grant.key(), ex);
		}
	}

	private synchronized boolean end() {
		boolean ended = !this.released && this.loss == null;
		this.released = true;
		this.callbacks.clear();
		return ended;
	}

	synchronized boolean isReleased() {
		return this.released;
	}

	private synchronized HeldLease lease() {
		HeldLease held = this.held;
		if (held == null) {
			throw new IllegalStateException("The lease on '" + this.grant.key() + "' has not begun");
		}
		return held;
	}

	private Duration heldFor() {
		return Duration.ofNanos(this.time.nanoTime() - this.acquiredNanos);
	}

	LockKey lockKey() {
		return this.grant.key();
	}

	@Override
	public String toString() {
		return "Lease[key=" + this.grant.key() + ", fencingToken=" + fencingToken() + ", valid=" + isValid() + "]";
	}

}
