package io.dynlock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LeaseListener;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.internal.protocol.Tenure;
import io.dynlock.internal.time.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that users hold, over the one that the protocol keeps. Code that enters the
 * lock again shares it: the last to release it releases the lock.
 */
final class TemplateLease implements GuardedLease, LeaseListener {

	private static final Logger logger = LoggerFactory.getLogger(TemplateLease.class);

	private final Tenure tenure;

	private final LockOptions options;

	private final LockClient client;

	private final LeaseKeeper keeper;

	private final LeaseEnvironment environment;

	private final LockTrace trace;

	private final Reading acquired;

	private final List<Consumer<LossReason>> callbacks = new ArrayList<>();

	/** Whether the listeners know that the lease has ended. */
	private final AtomicBoolean over = new AtomicBoolean();

	private @Nullable LossReason loss;

	private int users = 1;

	private boolean released;

	private volatile Duration minHold;

	/**
	 * Creates a lease.
	 * @param tenure the lock
	 * @param options how it is held
	 * @param client the client that holds it
	 * @param environment what all leases of a template share
	 * @param trace follows the caller
	 */
	TemplateLease(Tenure tenure, LockOptions options, LockClient client, LeaseEnvironment environment,
			LockTrace trace) {
		this.tenure = tenure;
		this.options = options;
		this.minHold = options.minHold();
		this.client = client;
		this.keeper = client.leases();
		this.environment = environment;
		this.trace = trace;
		this.acquired = environment.time().now();
	}

	@Override
	public String key() {
		return lockKey().value();
	}

	@Override
	public String name() {
		return this.options.name();
	}

	@Override
	public long fencingToken() {
		return this.tenure.fencingToken();
	}

	@Override
	public boolean isValid() {
		return !isReleased() && isTenureValid();
	}

	/** Whether whoever still uses the lease may rely on it. */
	boolean isTenureValid() {
		return this.keeper.isValid(lease());
	}

	@Override
	public Duration remaining() {
		return isReleased() ? Duration.ZERO : tenureRemaining();
	}

	/** How long whoever still uses the lease may rely on it. */
	Duration tenureRemaining() {
		return Duration.ofNanos(this.keeper.remainingNanos(lease()));
	}

	/**
	 * The lock as it is held now, whether its release is only delayed or not asked for.
	 */
	HeldLock view() {
		Optional<Instant> validUntil = Optional.empty();
		if (this.options.leaseMode() != LeaseMode.PERMANENT) {
			validUntil = Optional.of(Instant.ofEpochMilli(this.environment.time().wallMillis())
				.plusNanos(this.keeper.remainingNanos(lease())));
		}
		return new HeldLock(key(), name(), fencingToken(), Instant.ofEpochMilli(this.acquired.wallMillis()), validUntil,
				this.client.waiting(this.tenure));
	}

	@Override
	public void renew() {
		if (isReleased()) {
			throw LockExceptions.released(lockKey());
		}
		renewTenure();
	}

	/** Renews the lease for whoever still uses it. */
	void renewTenure() {
		Optional<TableFailure> failure = this.keeper.renew(lease());
		if (failure.isPresent()) {
			throw exception(failure.get());
		}
		if (!isTenureValid()) {
			throw lost();
		}
	}

	@Override
	public LockLostException lost() {
		LossReason reason = lease().loss().map(LossReasons::of).orElseGet(LossReason.Expired::new);
		return new LockLostException(key(), lockKey().toString(), reason);
	}

	@Override
	public LockException exception(TableFailure failure) {
		return this.environment.exceptions().of(failure, lockKey());
	}

	@Override
	public synchronized void onLost(Consumer<LossReason> callback) {
		LossReason reason = this.loss;
		if (reason != null) {
			this.environment.callbacks().execute(() -> call(callback, reason));
		}
		else if (this.users > 0) {
			this.callbacks.add(callback);
		}
	}

	/** Calls some callbacks no more. */
	synchronized void forget(Collection<Consumer<LossReason>> callbacks) {
		this.callbacks.removeAll(callbacks);
	}

	@Override
	public LeaseKeeper.ReleaseResult tryRelease() {
		synchronized (this) {
			if (this.released) {
				return LeaseKeeper.ReleaseResult.NOT_HELD;
			}
			this.released = true;
		}
		return leave();
	}

	@Override
	public void waiveMinHold() {
		this.minHold = Duration.ZERO;
	}

	/**
	 * Lets other code of the same caller use the lease too.
	 * @return the lease for that code; empty when this one is of no use any more
	 */
	Optional<GuardedLease> share() {
		this.keeper.confirm(lease());
		if (!isTenureValid()) {
			return Optional.empty();
		}
		synchronized (this) {
			if (this.users == 0) {
				return Optional.empty();
			}
			this.users++;
		}
		return Optional.of(new NestedLease(this));
	}

	/** One of those who use the lease does so no more; the last releases the lock. */
	LeaseKeeper.ReleaseResult leave() {
		boolean last;
		synchronized (this) {
			this.users--;
			last = this.users == 0;
		}
		if (!last) {
			this.keeper.confirm(lease());
			return this.keeper.isValid(lease()) ? LeaseKeeper.ReleaseResult.RELEASED
					: LeaseKeeper.ReleaseResult.NOT_HELD;
		}
		Duration heldFor = heldFor();
		LeaseKeeper.ReleaseResult result = release(this.minHold.minus(heldFor));
		if (result.held()) {
			forgetCallbacks();
		}
		if (result.held() && this.over.compareAndSet(false, true)) {
			logger.debug("Released the lock '{}' after {}", lockKey(), heldFor);
			this.environment.listeners().tell((listener) -> listener.released(this, heldFor));
			this.trace.ended(Optional.empty());
		}
		return result;
	}

	/**
	 * Not before it is certain that the lease was not lost: a loss is told a little
	 * later.
	 */
	private synchronized void forgetCallbacks() {
		this.callbacks.clear();
	}

	private LeaseKeeper.ReleaseResult release(Duration delay) {
		return (delay.isNegative() || delay.isZero()) ? this.client.end(this.tenure)
				: this.client.endLater(this.tenure, delay.toNanos());
	}

	@Override
	public void renewed(boolean success, long nanos) {
		this.environment.listeners().tell((listener) -> listener.renewed(this, success, Duration.ofNanos(nanos)));
	}

	@Override
	public void lost(Loss cause) {
		LossReason reason = LossReasons.of(cause);
		List<Consumer<LossReason>> toCall;
		synchronized (this) {
			this.loss = reason;
			toCall = List.copyOf(this.callbacks);
		}
		if (this.over.compareAndSet(false, true)) {
			logger.warn("Lost the lock '{}': {}", lockKey(), reason);
			this.environment.listeners().tell((listener) -> listener.lost(this, reason, heldFor()));
			this.trace.ended(Optional.of(reason));
		}
		toCall.forEach((callback) -> call(callback, reason));
	}

	private void call(Consumer<LossReason> callback, LossReason reason) {
		try {
			callback.accept(reason);
		}
		catch (RuntimeException | Error ex) {
			logger.error("A callback failed that was to be told of the loss of the lock '{}'", lockKey(), ex);
		}
	}

	@Override
	public synchronized boolean isReleased() {
		return this.released;
	}

	private HeldLease lease() {
		return this.tenure.lease();
	}

	private Duration heldFor() {
		return Duration.ofNanos(this.environment.time().nanoTime() - this.acquired.nanos());
	}

	@Override
	public LockTrace trace() {
		return this.trace;
	}

	@Override
	public LockKey lockKey() {
		return this.tenure.lease().grant().key();
	}

	@Override
	public String toString() {
		return "Lease[key=" + lockKey() + ", fencingToken=" + fencingToken() + ", valid=" + isValid() + "]";
	}

}
