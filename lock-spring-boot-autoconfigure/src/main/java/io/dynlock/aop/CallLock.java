package io.dynlock.aop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.dynlock.DistributedLockOperations;
import io.dynlock.LockOptions;
import io.dynlock.MultiLock;

/**
 * What a call of an annotated method has to hold: one lock, or several taken as one.
 */
sealed interface CallLock {

	/**
	 * What a call has to hold.
	 * @param spec what the annotation asks for
	 * @param locks the client
	 * @param keys the keys for this call
	 */
	static CallLock of(LockSpec spec, DistributedLockOperations locks, List<String> keys) {
		return spec.isMulti() ? new Several(MultiLock.of(locks, keys)) : new One(locks, keys.get(0));
	}

	/** Runs code under it. */
	Result execute(LockOptions options, Work work) throws Exception;

	/** Runs code under it; empty when it is not to be had in time. */
	Optional<Result> tryExecute(LockOptions options, Work work) throws Exception;

	/** Acquires it. */
	Held acquire(LockOptions options);

	/** Acquires it; empty when it is not to be had in time. */
	Optional<Held> tryAcquire(LockOptions options);

	/** Acquires it without a thread that waits; cancelling gives it up. */
	CompletableFuture<? extends AutoCloseable> acquireAsync(LockOptions options);

	/** What is run under a lock. */
	@FunctionalInterface
	interface Work {

		Result run(Held held) throws Exception;

	}

	/**
	 * One lock.
	 *
	 * @param locks the client
	 * @param key the lock
	 */
	record One(DistributedLockOperations locks, String key) implements CallLock {

		@Override
		public Result execute(LockOptions options, Work work) throws Exception {
			return this.locks.<Result, Exception>execute(this.key, options, (lease) -> work.run(new Held.One(lease)));
		}

		@Override
		public Optional<Result> tryExecute(LockOptions options, Work work) throws Exception {
			return this.locks.<Result, Exception>tryExecute(this.key, options,
					(lease) -> work.run(new Held.One(lease)));
		}

		@Override
		public Held acquire(LockOptions options) {
			return new Held.One(this.locks.acquire(this.key, options));
		}

		@Override
		public Optional<Held> tryAcquire(LockOptions options) {
			return this.locks.tryAcquire(this.key, options).map(Held.One::new);
		}

		@Override
		public CompletableFuture<? extends AutoCloseable> acquireAsync(LockOptions options) {
			return this.locks.acquireAsync(this.key, options);
		}

	}

	/**
	 * Several locks.
	 *
	 * @param lock all of them
	 */
	record Several(MultiLock lock) implements CallLock {

		@Override
		public Result execute(LockOptions options, Work work) throws Exception {
			return this.lock.<Result, Exception>execute(options, (leases) -> work.run(new Held.Several(leases)));
		}

		@Override
		public Optional<Result> tryExecute(LockOptions options, Work work) throws Exception {
			return this.lock.<Result, Exception>tryExecute(options, (leases) -> work.run(new Held.Several(leases)));
		}

		@Override
		public Held acquire(LockOptions options) {
			return new Held.Several(this.lock.acquire(options));
		}

		@Override
		public Optional<Held> tryAcquire(LockOptions options) {
			return this.lock.tryAcquire(options).map(Held.Several::new);
		}

		@Override
		public CompletableFuture<? extends AutoCloseable> acquireAsync(LockOptions options) {
			return this.lock.acquireAsync(options);
		}

	}

}
