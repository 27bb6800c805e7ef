package io.dynlock.test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockException;
import io.dynlock.LockListener;
import io.dynlock.LossReason;
import io.dynlock.TableOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Another process that uses the same table, as far as the code under test can tell. It
 * makes a lock busy, or takes it from whoever holds it. To notice a loss at once, and not
 * only with the next renewal, the templates under test have this object as a listener.
 * <p>
 * Thread-safe.
 */
public final class OtherProcess implements LockListener, AutoCloseable {

	/** A waiter of the code under test may be quicker. */
	private static final int MAX_TRIES = 10;

	private final DistributedLockTemplate locks;

	private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the process.
	 * @param client the client for the table
	 * @param table the table of the code under test
	 */
	public OtherProcess(DynamoDbClient client, TableOptions table) {
		this.locks = DistributedLockTemplate.builder(client).tableOptions(table).owner("another process").build();
	}

	/**
	 * Makes a lock busy.
	 * @param key the lock, which must be free
	 * @return the lease of the other process; release it to free the lock
	 * @throws IllegalStateException if somebody holds the lock
	 */
	public Lease acquire(String key) {
		return this.locks.tryAcquire(key, Duration.ZERO)
			.orElseThrow(() -> new IllegalStateException("The lock '" + key
					+ "' is held by the code under test; use steal to take it, or acquire it earlier"));
	}

	/**
	 * Takes a lock from whoever holds it, as happens after the holder stood still for
	 * longer than its lease. When this returns, the leases of the code under test are
	 * lost.
	 * @param key the lock
	 * @return the lease of the other process; release it to free the lock
	 */
	public Lease steal(String key) {
		Optional<Lease> lease = Optional.empty();
		for (int tries = 0; lease.isEmpty() && tries < MAX_TRIES; tries++) {
			this.locks.forceRelease(key);
			lease = this.locks.tryAcquire(key, Duration.ZERO);
		}
		this.leases.stream().filter((held) -> held.key().equals(key)).forEach(OtherProcess::notice);
		return lease.orElseThrow(() -> new IllegalStateException(
				"The lock '" + key + "' went to others " + MAX_TRIES + " times; have fewer callers wait for it"));
	}

	private static void notice(Lease lease) {
		try {
			lease.renew();
		}
		catch (LockException ex) {
			// that it is lost is what it is to notice; it may have been released just now
		}
	}

	@Override
	public void acquired(Lease lease) {
		this.leases.add(lease);
	}

	@Override
	public void released(Lease lease, Duration heldFor) {
		this.leases.remove(lease);
	}

	@Override
	public void lost(Lease lease, LossReason reason, Duration heldFor) {
		this.leases.remove(lease);
	}

	/** Releases what the other process holds. */
	@Override
	public void close() {
		this.locks.close();
	}

}
