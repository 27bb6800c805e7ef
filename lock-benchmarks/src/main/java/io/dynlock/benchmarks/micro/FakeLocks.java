package io.dynlock.benchmarks.micro;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.LockCallback;
import io.dynlock.LockOptions;
import io.dynlock.LockStatus;
import io.dynlock.LossReason;

/**
 * Locks that everybody always has.
 */
final class FakeLocks implements DistributedLockOperations {

	private static final Lease LEASE = new FakeLease();

	@Override
	public LockOptions options() {
		return LockOptions.withDefaults();
	}

	@Override
	public String tableId() {
		return "fake";
	}

	@Override
	public Lease acquire(String key) {
		return LEASE;
	}

	@Override
	public Lease acquire(String key, LockOptions options) {
		return LEASE;
	}

	@Override
	public Optional<Lease> tryAcquire(String key, LockOptions options) {
		return Optional.of(LEASE);
	}

	@Override
	public <T, E extends Exception> T execute(String key, LockOptions options, LockCallback<T, E> callback) throws E {
		return callback.run(LEASE);
	}

	@Override
	public <T, E extends Exception> Optional<T> tryExecute(String key, LockOptions options, LockCallback<T, E> callback)
			throws E {
		return Optional.of(callback.run(LEASE));
	}

	@Override
	public CompletableFuture<Lease> acquireAsync(String key, LockOptions options) {
		return CompletableFuture.completedFuture(LEASE);
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(String key, LockOptions options,
			Function<Lease, ? extends CompletionStage<T>> callback) {
		return callback.apply(LEASE).toCompletableFuture();
	}

	@Override
	public LockStatus status(String key) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Stream<LockStatus> list() {
		return Stream.empty();
	}

	@Override
	public Optional<LockStatus> forceRelease(String key) {
		return Optional.empty();
	}

	@Override
	public boolean forceRelease(LockStatus seen) {
		return false;
	}

	/** A lease for ever. */
	private static final class FakeLease implements Lease {

		@Override
		public String key() {
			return "fake";
		}

		@Override
		public String name() {
			return "fake";
		}

		@Override
		public long fencingToken() {
			return 1;
		}

		@Override
		public boolean isValid() {
			return true;
		}

		@Override
		public Duration remaining() {
			return Duration.ofSeconds(30);
		}

		@Override
		public void ensureValid() {
		}

		@Override
		public void renew() {
		}

		@Override
		public void onLost(Consumer<LossReason> callback) {
		}

		@Override
		public boolean release() {
			return true;
		}

		@Override
		public void close() {
		}

	}

}
