package io.dynlock;

import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.TableFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of guarded code: releases the lock when it ends, and sees to it that a loss is
 * noticed. The exception of the guarded code always comes first; whatever else goes wrong
 * is suppressed into it.
 */
final class GuardedRun implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(GuardedRun.class);

	private final GuardedLease lease;

	private final LossPolicy policy;

	private boolean completed;

	private boolean ended;

	GuardedRun(GuardedLease lease, LossPolicy policy) {
		this.lease = lease;
		this.policy = policy;
		if (policy == LossPolicy.INTERRUPT) {
			Thread runner = Thread.currentThread();
			lease.onLost((reason) -> interrupt(runner));
		}
	}

	private synchronized void interrupt(Thread runner) {
		if (!this.ended) {
			runner.interrupt();
		}
	}

	/** The guarded code has returned normally. */
	void completed() {
		this.completed = true;
	}

	@Override
	public void close() {
		synchronized (this) {
			this.ended = true;
		}
		if (this.lease.isReleased()) {
			return;
		}
		LeaseKeeper.ReleaseResult result = this.lease.tryRelease();
		if (!result.held() && this.policy != LossPolicy.LOG) {
			throw this.lease.lost();
		}
		result.failure().ifPresent(this::released);
	}

	/**
	 * The work is done; that others wait for the lock a little longer is no reason to
	 * hide its result.
	 */
	private void released(TableFailure failure) {
		if (!this.completed) {
			throw this.lease.exception(failure);
		}
		logger.warn("Could not release the lock '{}', trying on in the background: {}", this.lease.lockKey(),
				failure.message());
	}

}
