package io.dynlock.internal.protocol;

import java.util.concurrent.CompletableFuture;

import io.dynlock.internal.time.Scheduler;

/**
 * Acquires locks for callers who do not wait: drives each {@link Acquisition} from answer
 * to answer and from timer to timer. Thread-safe.
 */
final class AsyncAcquirer {

	private final Acquirer acquirer;

	private final AsyncLockTable table;

	private final Scheduler scheduler;

	AsyncAcquirer(Acquirer acquirer, AsyncLockTable table, Scheduler scheduler) {
		this.acquirer = acquirer;
		this.table = table;
		this.scheduler = scheduler;
	}

	/**
	 * Acquires a lock from the table, as {@link Acquirer#acquire} does.
	 * @param place the caller's place
	 * @param terms what is asked for
	 * @param listener is told of every attempt
	 * @param caller ends the acquisition early when it completes
	 * @return completes with what came of it, always
	 */
	CompletableFuture<Acquisition.Result> acquire(Place place, Terms terms, AttemptListener listener,
			CompletableFuture<?> caller) {
		Drive drive = new Drive(place, this.acquirer.begin(place, terms, listener));
		drive.go();
		caller.whenComplete((result, failure) -> drive.abandon());
		return drive.result;
	}

	/** One acquisition under way; answers and timers of one drive never overlap. */
	private final class Drive {

		private final Place place;

		private final Acquisition acquisition;

		private final CompletableFuture<Acquisition.Result> result = new CompletableFuture<>();

		private Scheduler.Timer pause = () -> {
		};

		private boolean pausing;

		private boolean abandoned;

		Drive(Place place, Acquisition acquisition) {
			this.place = place;
			this.acquisition = acquisition;
		}

		void go() {
			guarded(this::goOn);
		}

		/** Nothing that fails on the way may leave a lock or a caller behind. */
		private void guarded(Runnable step) {
			try {
				step.run();
			}
			catch (RuntimeException | Error ex) {
				synchronized (this) {
					this.acquisition.breakOff();
				}
				AsyncAcquirer.this.acquirer.releaseLeftovers(this.place, this.acquisition);
				this.result.completeExceptionally(ex);
			}
		}

		private void goOn() {
			Acquisition.Step step = next();
			if (step instanceof Acquisition.Step.Send send) {
				AsyncAcquirer.this.table.send(send.request(), this.place.terms().leaseNanos(),
						(answer, before) -> guarded(() -> answered(answer)));
			}
			else if (step instanceof Acquisition.Step.Finished finished) {
				AsyncAcquirer.this.acquirer.releaseLeftovers(this.place, this.acquisition);
				this.result.complete(finished.result());
			}
		}

		private void answered(Answer answer) {
			synchronized (this) {
				this.acquisition.answered(answer);
			}
			goOn();
		}

		/** The next step that is not a pause; while pausing, the pause. */
		private synchronized Acquisition.Step next() {
			if (this.acquisition.step() instanceof Acquisition.Step.Sleep sleep) {
				if (this.abandoned) {
					this.acquisition.abandon();
				}
				else {
					this.pausing = true;
					this.pause = AsyncAcquirer.this.scheduler.schedule(sleep.nanos(), this::woke);
				}
			}
			return this.acquisition.step();
		}

		private void woke() {
			synchronized (this) {
				if (!this.pausing) {
					return;
				}
				this.pausing = false;
			}
			guarded(() -> {
				synchronized (this) {
					this.acquisition.woke();
				}
				goOn();
			});
		}

		void abandon() {
			synchronized (this) {
				this.abandoned = true;
				if (!this.pausing) {
					return;
				}
				this.pausing = false;
				this.pause.cancel();
			}
			go();
		}

	}

}
