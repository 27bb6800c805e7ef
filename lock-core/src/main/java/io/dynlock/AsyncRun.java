package io.dynlock;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Runs guarded code that goes on after it returned: the lock is released when its stage
 * completes.
 */
final class AsyncRun {

	private AsyncRun() {
	}

	/**
	 * Runs code when its lock is acquired.
	 * @param <T> what the code gives
	 * @param acquired completes with the lock
	 * @param onLoss what to do when the lease is lost meanwhile
	 * @param callback the code
	 * @param background runs the code and the release
	 * @return completes after the release; cancelling it cancels the waiting
	 */
	static <T> CompletableFuture<T> start(CompletableFuture<Lease> acquired, LossPolicy onLoss,
			Function<Lease, ? extends CompletionStage<T>> callback, Executor background) {
		CompletableFuture<T> result = new CompletableFuture<>();
		result.whenComplete((value, failure) -> acquired.cancel(false));
		acquired.whenCompleteAsync((lease, refusal) -> {
			if (refusal != null) {
				result.completeExceptionally(refusal);
			}
			else {
				run(lease, callback)
					.whenCompleteAsync((value, failure) -> end(lease, onLoss, value, failure, result), background)
					.exceptionally((ex) -> {
						// all this is done already, unless the background failed
						lease.close();
						result.completeExceptionally(ex);
						return null;
					});
			}
		}, background);
		return result;
	}

	private static <T> CompletionStage<T> run(Lease lease, Function<Lease, ? extends CompletionStage<T>> callback) {
		try {
			return Objects.requireNonNull(lease.<CompletionStage<T>, RuntimeException>within(callback::apply),
					"The guarded code returned no stage");
		}
		// also what Kotlin, for one, may throw without a declaration
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static <T> void end(Lease lease, LossPolicy onLoss, T value, @Nullable Throwable failure,
			CompletableFuture<T> result) {
		@Nullable LockLostException lost = (onLoss == LossPolicy.LOG) ? null : loss(lease);
		lease.close();
		if (failure != null) {
			if (lost != null) {
				failure.addSuppressed(lost);
			}
			result.completeExceptionally(failure);
		}
		else if (lost != null) {
			result.completeExceptionally(lost);
		}
		else {
			result.complete(value);
		}
	}

	/** A lease that the code itself has given back was not lost. */
	private static @Nullable LockLostException loss(Lease lease) {
		try {
			lease.ensureValid();
			return null;
		}
		catch (LockLostException ex) {
			return ex;
		}
		catch (LockException ex) {
			return null;
		}
	}

}
