package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LeaseMode;
import io.dynlock.LockException;
import io.dynlock.LockOptions;
import io.dynlock.LockTimeoutException;

/**
 * What users see when something goes wrong, made to happen.
 */
final class Provocation {

	/** So that a loss is told soon. */
	private static final Duration SHORT_LEASE = Duration.ofMillis(600);

	/** Ends a wait for what must come, on a machine that stands still for long. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration SHORT_WAIT = Duration.ofMillis(4);

	private static final int LEASES_TO_CLOSE = 3;

	private final DistributedLockOperations locks;

	private final DistributedLockOperations rival;

	private final Supplier<DistributedLockTemplate> opener;

	private final Keys keys;

	private final Tally tally;

	/**
	 * Provocations.
	 * @param locks what is used
	 * @param rival the same locks, as another process has them
	 * @param opener opens another client of the same locks
	 * @param keys the keys
	 * @param tally is told what was provoked
	 */
	Provocation(DistributedLockOperations locks, DistributedLockOperations rival,
			Supplier<DistributedLockTemplate> opener, Keys keys, Tally tally) {
		this.locks = locks;
		this.rival = rival;
		this.opener = opener;
		this.keys = keys;
		this.tally = tally;
	}

	List<Activity> activities() {
		return List.of(new Activity("wait that times out", 25, this::timeOut),
				new Activity("cancelled wait", 5, this::cancel), new Activity("lock freed by name", 1, this::beFreed),
				new Activity("fixed lease that runs out", 1, this::runOut),
				new Activity("client opened and closed", 1, this::openAndClose));
	}

	/** Has somebody see that a lock is held. */
	void watch() {
		try (Lease busy = this.rival.acquire(this.keys.fresh())) {
			this.locks.tryAcquire(busy.key()).ifPresent(Lease::close);
		}
	}

	private void timeOut(RandomGenerator random) {
		try (Lease busy = this.rival.acquire(this.keys.fresh())) {
			long since = System.nanoTime();
			try (Lease lease = this.locks.acquire(busy.key(),
					this.locks.options().toBuilder().waitTimeout(SHORT_WAIT).build())) {
				throw new IllegalStateException("A lock was granted that somebody holds: " + lease.key());
			}
			catch (LockTimeoutException ex) {
				if (System.nanoTime() - since < SHORT_WAIT.toNanos()) {
					throw new IllegalStateException("A wait ended before its time", ex);
				}
				this.tally.provoked("timeout");
			}
		}
	}

	/** Cancels a wait for a lock that comes, or has come, or does not. */
	private void cancel(RandomGenerator random) {
		CompletableFuture<Lease> wait = this.locks.acquireAsync(this.keys.hot(random), this.locks.options());
		if (wait.cancel(false)) {
			this.tally.provoked("cancelled");
		}
		else {
			wait.join().close();
		}
	}

	private void beFreed(RandomGenerator random) throws InterruptedException {
		LockOptions options = this.locks.options().toBuilder().leaseDuration(SHORT_LEASE).build();
		try (Lease lease = this.locks.acquire(this.keys.fresh(), options)) {
			this.rival.forceRelease(lease.key());
			awaitLoss(lease);
		}
	}

	private void runOut(RandomGenerator random) throws InterruptedException {
		LockOptions options = this.locks.options()
			.toBuilder()
			.leaseDuration(LockOptions.MIN_LEASE_DURATION)
			.leaseMode(LeaseMode.FIXED)
			.build();
		try (Lease lease = this.locks.acquire(this.keys.fresh(), options)) {
			awaitLoss(lease);
		}
	}

	private void awaitLoss(Lease lease) throws InterruptedException {
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost((reason) -> {
			this.tally.provoked("loss: " + reason.tag());
			told.countDown();
		});
		if (!told.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || lease.isValid()) {
			throw new IllegalStateException("A lock is lost, and its holder is not told: " + lease);
		}
	}

	/** A client is closed while it holds locks and waits for one. */
	private void openAndClose(RandomGenerator random) throws Exception {
		List<Lease> leases = new ArrayList<>();
		try (Lease busy = this.rival.acquire(this.keys.fresh())) {
			CompletableFuture<Lease> wait;
			try (DistributedLockTemplate client = this.opener.get()) {
				wait = client.acquireAsync(busy.key(), client.options());
				for (int i = 0; i < LEASES_TO_CLOSE; i++) {
					leases.add(client.acquire(this.keys.fresh()));
				}
			}
			awaitEnd(wait);
		}
		for (Lease lease : leases) {
			awaitLoss(lease);
		}
	}

	private void awaitEnd(CompletableFuture<Lease> wait) throws Exception {
		try {
			wait.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			throw new IllegalStateException("A client was closed, and was granted a lock that somebody holds");
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof LockException)) {
				throw ex;
			}
			this.tally.provoked("wait ended by closing");
		}
	}

}
