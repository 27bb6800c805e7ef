package io.dynlock;

import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.TableFailure;
import org.slf4j.LoggerFactory;

/**
 * A lease as the template itself uses it.
 */
interface GuardedLease extends Lease {

	/** The lock. */
	LockKey lockKey();

	/** Follows whoever has the lease. */
	LockTrace trace();

	/** Gives the lease back; a failure is a result, nothing is thrown. */
	LeaseKeeper.ReleaseResult tryRelease();

	/**
	 * Has the lock become free as soon as it is released, since nothing was done under
	 * it. Changes nothing where others use the lease as well.
	 */
	void waiveMinHold();

	/** The exception for a lease that does not hold. */
	LockLostException lost();

	/** The exception for a request that failed. */
	LockException exception(TableFailure failure);

	/** Whether the lease was given back. */
	boolean isReleased();

	@Override
	default <T, E extends Exception> T within(LockCallback<T, E> code) throws E {
		try (LogKey logged = new LogKey(lockKey()); LockTrace.Scope traced = trace().running()) {
			return code.run(this);
		}
	}

	@Override
	default void ensureValid() {
		if (isReleased()) {
			throw LockExceptions.released(lockKey());
		}
		if (!isValid()) {
			throw lost();
		}
	}

	@Override
	default boolean release() {
		LeaseKeeper.ReleaseResult result = tryRelease();
		if (result.failure().isPresent()) {
			throw exception(result.failure().get());
		}
		return result.held();
	}

	@Override
	default void close() {
		tryRelease().failure()
			.ifPresent((failure) -> LoggerFactory.getLogger(GuardedLease.class)
				.warn("Could not release the lock '{}', trying on in the background: {}", lockKey(),
						failure.message()));
	}

}
