package io.dynlock.observation;

import io.dynlock.LockListener;
import io.dynlock.LockTrace;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observes each caller of a client: {@code dynlock.acquire} from asking for a lock to
 * having it or giving up, then {@code dynlock.hold} to the end of the lease. Both are
 * children of what was observed when the lock was asked for; what code does under the
 * lock is a child of holding it. Thread-safe.
 */
public final class ObservationLockListener implements LockListener {

	private final ObservationRegistry registry;

	private final String client;

	private final AcquireObservationConvention acquireConvention;

	private final HoldObservationConvention holdConvention;

	/**
	 * Creates a listener.
	 * @param registry takes the observations
	 * @param client the name of the client
	 * @param acquireConvention describes waiting
	 * @param holdConvention describes holding
	 */
	public ObservationLockListener(ObservationRegistry registry, String client,
			AcquireObservationConvention acquireConvention, HoldObservationConvention holdConvention) {
		this.registry = registry;
		this.client = client;
		this.acquireConvention = acquireConvention;
		this.holdConvention = holdConvention;
	}

	@Override
	public LockTrace follow(String key, String name) {
		return this.registry.isNoop() ? NOT_FOLLOWED : new ObservationTrace(this.registry, this.client, key, name,
				this.acquireConvention, this.holdConvention);
	}

}
