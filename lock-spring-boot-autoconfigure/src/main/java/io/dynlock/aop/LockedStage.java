package io.dynlock.aop;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
	 * @param lease what is held
	 * @param onLoss what to do when the lease is lost before
	 * @param code the code
	 * @return a stage that completes after the release
	 * @throws Exception what the code threw
	 */
	static @Nullable CompletionStage<?> run(Held lease, LossPolicy onLoss, Callable<Result> code) throws Exception {
		@Nullable CompletionStage<?> stage;
		try {
			stage = (CompletionStage<?>) lease.within(code).value();
		}
		catch (Exception | Error ex) {
			lease.close();
			throw ex;
		}
		if (stage == null) {
			lease.close();
			return null;
		}
		CompletableFuture<@Nullable Object> released = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> {
			@Nullable Throwable problem;
			try {
				problem = lease.end(onLoss);
			}
			catch (RuntimeException | Error ex) {
				problem = ex;
			}
			complete(released, value, failure, problem);
		});
		return released;
	}

	/** Not through a dependent stage, which would wrap the failure. */
	private static void complete(CompletableFuture<@Nullable Object> stage, @Nullable Object value,
			@Nullable Throwable failure, @Nullable Throwable problem) {
		if (failure != null) {
			if (problem != null && problem != failure) {
				failure.addSuppressed(problem);
			}
			stage.completeExceptionally(failure);
		}
		else if (problem != null) {
			stage.completeExceptionally(problem);
		}
		else {
			stage.complete(value);
		}
	}

}
