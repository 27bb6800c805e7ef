package io.dynlock.aop;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LossPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a lock until a stage completes.
 */
final class LockedStage {

	private LockedStage() {
	}

	/**
	 * Runs code that returns a stage, and releases the lock when that completes, or at
	 * once if there is none.
	 * @param lease the lock
	 * @param onLoss what to do when the lease is lost before
	 * @param code the code
	 * @return a stage that completes after the release
	 * @throws Exception what the code threw
	 */
	static @Nullable Object run(Lease lease, LossPolicy onLoss, Callable<@Nullable Object> code) throws Exception {
		CompletionStage<?> stage;
		try {
			stage = (CompletionStage<?>) code.call();
		}
		catch (Exception | Error ex) {
			lease.close();
			throw ex;
		}
		if (stage == null) {
			lease.close();
			return null;
		}
		return stage.handle((value, failure) -> new Completion(value, failure)).thenCompose((completion) -> {
			LockLostException lost = (onLoss == LossPolicy.LOG) ? null : loss(lease);
			lease.close();
			return completion.toStage(lost);
		});
	}

	private static @Nullable LockLostException loss(Lease lease) {
		try {
			lease.ensureValid();
			return null;
		}
		catch (LockLostException ex) {
			return ex;
		}
	}

	/** How a stage has completed. */
	private record Completion(@Nullable Object value, @Nullable Throwable failure) {

		CompletionStage<@Nullable Object> toStage(@Nullable LockLostException lost) {
			CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
			if (this.failure != null) {
				if (lost != null) {
					this.failure.addSuppressed(lost);
				}
				stage.completeExceptionally(this.failure);
			}
			else if (lost != null) {
				stage.completeExceptionally(lost);
			}
			else {
				stage.complete(this.value);
			}
			return stage;
		}

	}

}
