package io.dynlock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.dynlock.internal.protocol.Acquisition;
import io.dynlock.internal.protocol.AttemptOutcome;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Outcome;
import io.dynlock.internal.protocol.Tenure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires leases from the protocol, and tells the listeners. Thread-safe.
 */
final class LeaseSource {

	private static final Logger logger = LoggerFactory.getLogger(LeaseSource.class);

	private final LockClient client;

	private final LeaseEnvironment environment;

	private final String table;

	private final String owner;

	LeaseSource(LockClient client, LeaseEnvironment environment, String table, String owner) {
		this.client = client;
		this.environment = environment;
		this.table = table;
		this.owner = owner;
	}

	/**
	 * Acquires a lock, or waits for it as the options say.
	 * @param key the lock
	 * @param options how to wait and to hold
	 * @throws LockTimeoutException if somebody else held the lock all the time
	 * @throws LockException if something else went wrong
	 */
	TemplateLease acquire(LockKey key, LockOptions options) {
		return new Asking(key, options, LockListener.Outcome.TIMEOUT).await().orElseThrow();
	}

	/**
	 * Acquires a lock, or waits for it as the options say.
	 * @param key the lock
	 * @param options how to wait and to hold
	 * @return the lease; empty when somebody else held the lock all the time
	 * @throws LockException if something went wrong
	 */
	Optional<TemplateLease> tryAcquire(LockKey key, LockOptions options) {
		return new Asking(key, options, LockListener.Outcome.BUSY).await();
	}

	/**
	 * Acquires a lock, taking no thread while it waits.
	 * @param key the lock
	 * @param options how to wait and to hold
	 * @return completes as {@link #acquire} returns
	 */
	CompletableFuture<Lease> acquireAsync(LockKey key, LockOptions options) {
		return new Asking(key, options, LockListener.Outcome.TIMEOUT).async();
	}

	/** The locks that are held now. */
	List<HeldLock> held() {
		return this.client.leases()
			.listeners()
			.flatMap((listener) -> (listener instanceof TemplateLease lease) ? Stream.of(lease.view()) : Stream.empty())
			.toList();
	}

	/** One caller asking for a lock. */
	private final class Asking {

		private final LockKey key;

		private final LockOptions options;

		private final LockListener.Outcome whenBusy;

		private final Traces traces;

		private final long started = LeaseSource.this.environment.time().nanoTime();

		Asking(LockKey key, LockOptions options, LockListener.Outcome whenBusy) {
			this.key = key;
			this.options = options;
			this.whenBusy = whenBusy;
			if (logger.isDebugEnabled()) {
				logger.debug("Asking for the lock '{}', to wait for it {}", key,
						options.waitTimeout().map((limit) -> "at most " + limit).orElse("without limit of time"));
			}
			LeaseSource.this.environment.listeners()
				.tell((listener) -> listener.acquireStarted(key.value(), options.name()));
			this.traces = LeaseSource.this.environment.listeners().follow(key.value(), options.name());
		}

		Optional<TemplateLease> await() {
			LockListener.Outcome ended = LockListener.Outcome.FAILED;
			Optional<Throwable> failure = Optional.empty();
			try {
				Optional<TemplateLease> lease = lease(awaitOutcome());
				ended = lease.isPresent() ? LockListener.Outcome.ACQUIRED : this.whenBusy;
				return lease;
			}
			catch (LockTimeoutException ex) {
				ended = this.whenBusy;
				failure = Optional.of(ex);
				throw ex;
			}
			catch (RuntimeException | Error ex) {
				failure = Optional.of(ex);
				throw ex;
			}
			finally {
				ended(ended, failure);
			}
		}

		private Outcome awaitOutcome() {
			refuseIfClosed();
			try (LockTrace.Scope waiting = this.traces.waiting()) {
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				return LeaseSource.this.client.acquire(this.key, this.options.toTerms(LeaseSource.this.owner),
						this::attempted);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				LockInterruptedException interrupted = new LockInterruptedException(
						"Interrupted while waiting for the lock '" + this.key + "'");
				interrupted.initCause(ex);
				throw interrupted;
			}
		}

		CompletableFuture<Lease> async() {
			if (LeaseSource.this.client.isDraining()) {
				LockException closed = LockExceptions.closed();
				ended(LockListener.Outcome.FAILED, Optional.of(closed));
				return CompletableFuture.failedFuture(closed);
			}
			CompletableFuture<Lease> lease = new CompletableFuture<>();
			CompletableFuture<Outcome> outcome = LeaseSource.this.client.acquireAsync(this.key,
					this.options.toTerms(LeaseSource.this.owner), this::attempted);
			lease.whenComplete((result, failure) -> outcome.cancel(false));
			outcome.whenComplete((result, cancelled) -> {
				if (cancelled == null) {
					deliver(result, lease);
				}
				else {
					ended(LockListener.Outcome.FAILED, Optional.of(cancelled));
					lease.completeExceptionally(cancelled);
				}
			});
			return lease;
		}

		private void deliver(Outcome outcome, CompletableFuture<Lease> caller) {
			try {
				TemplateLease lease = lease(outcome).orElseThrow();
				ended(LockListener.Outcome.ACQUIRED, Optional.empty());
				if (!caller.complete(lease)) {
					lease.close();
				}
			}
			catch (RuntimeException | Error ex) {
				ended((ex instanceof LockTimeoutException) ? this.whenBusy : LockListener.Outcome.FAILED,
						Optional.of(ex));
				caller.completeExceptionally(ex);
			}
		}

		private Optional<TemplateLease> lease(Outcome outcome) {
			if (outcome instanceof Outcome.Held held) {
				return Optional.of(lease(held.tenure()));
			}
			refuseIfClosed();
			if (outcome instanceof Acquisition.Result.Failed failed) {
				throw LeaseSource.this.environment.exceptions().of(failed.failure(), this.key);
			}
			if (outcome instanceof Acquisition.Result.Busy busy && this.whenBusy == LockListener.Outcome.TIMEOUT) {
				throw new LockTimeoutException(LeaseSource.this.table, this.key.value(), this.key.toString(), elapsed(),
						busy.attempts(), busy.holder().map(LockStatus::of), busy.inDoubt());
			}
			return Optional.empty();
		}

		/** A lock that cannot be handed over is not kept. */
		private TemplateLease lease(Tenure tenure) {
			try {
				TemplateLease lease = new TemplateLease(tenure, this.options, LeaseSource.this.client,
						LeaseSource.this.environment, this.traces);
				this.traces.acquired(lease);
				LeaseSource.this.environment.listeners().tell((listener) -> listener.acquired(lease));
				LeaseSource.this.client.begin(tenure, lease);
				if (logger.isDebugEnabled()) {
					logger.debug("Acquired the lock '{}' after {}, fencing token {}", this.key, elapsed(),
							lease.fencingToken());
				}
				return lease;
			}
			catch (RuntimeException | Error ex) {
				LeaseSource.this.client.end(tenure);
				throw ex;
			}
		}

		private void refuseIfClosed() {
			if (LeaseSource.this.client.isDraining()) {
				throw LockExceptions.closed();
			}
		}

		private void attempted(AttemptOutcome outcome, long nanos) {
			LockListener.Outcome told = switch (outcome) {
				case ACQUIRED -> LockListener.Outcome.ACQUIRED;
				case BUSY -> LockListener.Outcome.BUSY;
				case FAILED -> LockListener.Outcome.FAILED;
			};
			LeaseSource.this.environment.listeners()
				.tell((listener) -> listener.attempted(this.key.value(), this.options.name(), told,
						Duration.ofNanos(nanos)));
		}

		private void ended(LockListener.Outcome outcome, Optional<Throwable> failure) {
			if (outcome != LockListener.Outcome.ACQUIRED) {
				this.traces.gaveUp(outcome, failure);
			}
			if (outcome != LockListener.Outcome.ACQUIRED && logger.isDebugEnabled()) {
				logger.debug("Did not get the lock '{}' in {}: {}", this.key, elapsed(), outcome);
			}
			LeaseSource.this.environment.listeners()
				.tell((listener) -> listener.acquireEnded(this.key.value(), this.options.name(), outcome, elapsed()));
		}

		private Duration elapsed() {
			return Duration.ofNanos(LeaseSource.this.environment.time().nanoTime() - this.started);
		}

	}

}
