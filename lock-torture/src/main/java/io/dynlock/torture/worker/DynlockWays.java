package io.dynlock.torture.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;

/**
 * The ways that dynlock offers.
 */
final class DynlockWays {

	private final DistributedLockOperations locks;

	private final Executor executor;

	DynlockWays(DistributedLockOperations locks, Executor executor) {
		this.locks = locks;
		this.executor = executor;
	}

	List<Way> all() {
		return List.of(this::acquire, this::acquire, this::execute, this::tryExecute, this::acquireAsync,
				this::executeAsync, new TryAcquire());
	}

	private void acquire(String key, Consumer<Holder> section) {
		try (Lease lease = this.locks.acquire(key)) {
			section.accept(Holder.of(lease));
		}
	}

	private void execute(String key, Consumer<Holder> section) {
		this.locks.executeWithoutResult(key, (lease) -> section.accept(Holder.of(lease)));
	}

	private void tryExecute(String key, Consumer<Holder> section) {
		this.locks.tryExecute(key, this.locks.options(), (lease) -> {
			section.accept(Holder.of(lease));
			return true;
		});
	}

	private void acquireAsync(String key, Consumer<Holder> section) {
		try (Lease lease = join(this.locks.acquireAsync(key, this.locks.options()))) {
			section.accept(Holder.of(lease));
		}
	}

	private void executeAsync(String key, Consumer<Holder> section) {
		join(this.locks.executeAsync(key, this.locks.options(),
				(lease) -> CompletableFuture.runAsync(() -> section.accept(Holder.of(lease)), this.executor)));
	}

	private static <T> T join(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Takes a lock only if it is to be had at once. */
	private final class TryAcquire implements Way {

		@Override
		public void go(String key, Consumer<Holder> section) {
			DynlockWays.this.locks.tryAcquire(key, Duration.ZERO).ifPresent((lease) -> {
				try (lease) {
					section.accept(Holder.of(lease));
				}
			});
		}

		@Override
		public boolean isWaiting() {
			return false;
		}

	}

}
