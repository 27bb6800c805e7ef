package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.LeaseMode;
import io.dynlock.LockOptions;
import io.dynlock.MultiLock;

/**
 * What users do with locks when nothing goes wrong.
 */
final class CommonUse {

	private static final int LONGEST_WORK_MILLIS = 4;

	private final DistributedLockOperations locks;

	private final DistributedLockOperations rival;

	private final Keys keys;

	private final Executor executor;

	/**
	 * Use of locks.
	 * @param locks what is used
	 * @param rival the same locks, as another process has them
	 * @param keys the keys
	 * @param executor runs what is done asynchronously
	 */
	CommonUse(DistributedLockOperations locks, DistributedLockOperations rival, Keys keys, Executor executor) {
		this.locks = locks;
		this.rival = rival;
		this.keys = keys;
		this.executor = executor;
	}

	List<Activity> activities() {
		return List.of(new Activity("execute", 20, this::execute), new Activity("tryExecute", 10, this::tryExecute),
				new Activity("acquire", 15, this::acquire), new Activity("fixed lease", 5, this::fixed),
				new Activity("permanent lease", 4, this::permanent),
				new Activity("acquireAsync", 10, this::acquireAsync),
				new Activity("executeAsync", 10, this::executeAsync), new Activity("several locks", 5, this::several),
				new Activity("reentry", 5, this::reenter), new Activity("another process", 5, this::byAnother));
	}

	private void execute(RandomGenerator random) throws InterruptedException {
		this.locks.executeWithoutResult(this.keys.hot(random), (lease) -> work(random));
	}

	private void tryExecute(RandomGenerator random) throws InterruptedException {
		this.locks.tryExecute(this.keys.hot(random), Duration.ZERO, (lease) -> {
			work(random);
			return true;
		});
	}

	private void acquire(RandomGenerator random) {
		this.locks.acquire(this.keys.fresh()).close();
	}

	private void fixed(RandomGenerator random) {
		LockOptions options = this.locks.options().toBuilder().leaseMode(LeaseMode.FIXED).build();
		try (Lease lease = this.locks.acquire(this.keys.fresh(), options)) {
			lease.renew();
		}
	}

	/** Permanent locks are released, or freed by name. */
	private void permanent(RandomGenerator random) {
		LockOptions options = this.locks.options().toBuilder().leaseMode(LeaseMode.PERMANENT).build();
		try (Lease lease = this.locks.acquire(this.keys.fresh(), options)) {
			if (random.nextBoolean()) {
				this.rival.forceRelease(lease.key());
			}
		}
	}

	private void acquireAsync(RandomGenerator random) throws Exception {
		String key = random.nextBoolean() ? this.keys.hot(random) : this.keys.fresh();
		try (Lease lease = result(this.locks.acquireAsync(key, this.locks.options()))) {
			work(random);
			lease.ensureValid();
		}
	}

	private void executeAsync(RandomGenerator random) throws Exception {
		result(this.locks.executeAsync(this.keys.hot(random), this.locks.options(), (lease) -> CompletableFuture
			.runAsync(() -> check(lease.fencingToken() > 0, "A lease has no token"), this.executor)));
	}

	private void several(RandomGenerator random) throws InterruptedException {
		MultiLock.of(this.locks, this.keys.hot(random), this.keys.hot(random), this.keys.fresh())
			.executeWithoutResult((leases) -> work(random));
	}

	private void reenter(RandomGenerator random) {
		String key = this.keys.hot(random);
		this.locks.executeWithoutResult(key,
				(outer) -> this.locks.executeWithoutResult(key,
						(inner) -> check(inner.fencingToken() == outer.fencingToken(),
								"A lock was entered again under another token")));
	}

	private void byAnother(RandomGenerator random) throws InterruptedException {
		this.rival.executeWithoutResult(this.keys.hot(random), (lease) -> work(random));
	}

	private static void work(RandomGenerator random) throws InterruptedException {
		Thread.sleep(random.nextInt(LONGEST_WORK_MILLIS));
	}

	private static void check(boolean holds, String otherwise) {
		if (!holds) {
			throw new IllegalStateException(otherwise);
		}
	}

	private static <T> T result(CompletableFuture<T> future) throws Exception {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
