package io.dynlock.internal.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of acquire, as a state machine. Whoever drives it performs the current
 * {@link #step()} and tells the machine what came of it with {@link #answered} or
 * {@link #woke}, until the step is {@link Step.Finished}; how requests travel and who
 * sleeps is the driver's business.
 * <p>
 * The lock is written first, with no read before. A refusal says who holds the lock;
 * while it is held, cheap reads watch it, and the next write comes when it is free or its
 * lease has been watched to its end. An acquisition that ends without the lock names in
 * {@link #leftovers()} the ids under which it may yet hold it, because an answer was
 * lost.
 * <p>
 * Not thread-safe.
 */
public final class Acquisition {

	private static final Logger logger = LoggerFactory.getLogger(Acquisition.class);

	/** How often one call prepares a table that vanishes again. */
	private static final int MAX_PREPARATIONS = 3;

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final LockKey key;

	private final Terms terms;

	private final Watches watches;

	private final TimeSource time;

	private final Supplier<String> ids;

	private final AttemptListener listener;

	private final Backoff backoff;

	private final long startedNanos;

	private final Set<String> leftovers = new LinkedHashSet<>();

	/** Volatile, because others in line ask for it. */
	private volatile Optional<LockRecord> holder = Optional.empty();

	private Optional<TableFailure> failure = Optional.empty();

	private Reading before;

	private String leaseId;

	private String permanentId = "";

	private long version;

	private boolean doubtful;

	private boolean pollFailed;

	private int attempts;

	private int preparations;

	private long attemptNanos;

	private Phase phase = Phase.WRITE;

	private Step step;

	/**
	 * Starts an acquisition.
	 * @param key the lock
	 * @param terms what is asked for
	 * @param watches what this process has seen of held locks
	 * @param time the clocks
	 * @param random spreads the pauses
	 * @param ids makes an id that was never used before
	 * @param listener is told of every attempt
	 */
	public Acquisition(LockKey key, Terms terms, Watches watches, TimeSource time, RandomGenerator random,
			Supplier<String> ids, AttemptListener listener) {
		this.key = key;
		this.terms = terms;
		this.watches = watches;
		this.time = time;
		this.ids = ids;
		this.listener = listener;
		this.backoff = new Backoff(terms.sleepNanos(), terms.maxSleepNanos(), Backoff.WAITING_SHARE, random);
		this.leaseId = ids.get();
		this.before = time.now();
		this.startedNanos = this.before.nanos();
		this.attemptNanos = this.startedNanos;
		this.attempts = 1;
		this.step = write();
	}

	/** What to do now. */
	public Step step() {
		return this.step;
	}

	/** Who was seen to hold the lock last. */
	Optional<LockRecord> holder() {
		return this.holder;
	}

	/**
	 * The ids under which the lock may be held although this call does not have it, in
	 * the order in which they were used.
	 */
	public List<String> leftovers() {
		return List.copyOf(this.leftovers);
	}

	/**
	 * Takes the answer to the request of the current step.
	 * @param answer what came of it
	 */
	public void answered(Answer answer) {
		Reading now = this.time.now();
		this.step = switch (this.phase) {
			case WRITE -> written(answer, now);
			case LOOK -> looked(answer, now);
			case POLL -> polled(answer, now);
			case PREPARE -> prepared(answer);
			case DISCARD -> discarded(answer);
			case SETTLE -> settled(answer, now);
			case PAUSE, PAUSE_TO_SETTLE, END -> throw new IllegalStateException("No answer is due in " + this.phase);
		};
	}

	/** Goes on after the pause of the current step. */
	public void woke() {
		if (this.phase == Phase.PAUSE_TO_SETTLE) {
			this.step = settle();
			return;
		}
		Reading now = this.time.now();
		this.attempts++;
		this.attemptNanos = now.nanos();
		boolean writeFailed = this.failure.isPresent() && !this.pollFailed;
		boolean worthWriting = writeFailed || this.holder.isEmpty()
				|| this.watches.runOut(this.key, now.nanos()).isPresent();
		this.step = worthWriting ? write() : send(Phase.POLL, new Request.Read(this.key, false));
	}

	/** Gives up in the middle of a pause. */
	public void abandon() {
		if (this.phase == Phase.PAUSE_TO_SETTLE) {
			this.leftovers.add(this.leaseId);
			this.leftovers.add(this.permanentId);
		}
		this.step = end(stillBusy());
	}

	/**
	 * Ends because the driver failed: whatever was sent may have taken effect.
	 */
	void breakOff() {
		if (this.phase != Phase.END) {
			this.leftovers.add(this.leaseId);
			if (!this.permanentId.isEmpty()) {
				this.leftovers.add(this.permanentId);
			}
			this.step = end(stillBusy());
		}
	}

	private Step write() {
		this.before = this.time.now();
		return send(Phase.WRITE, new Request.Acquire(this.key, this.leaseId, this.terms.owner(),
				this.terms.leaseMillis(), this.terms.note(), this.watches.runOut(this.key, this.before.nanos())));
	}

	private Step written(Answer answer, Reading now) {
		if (answer instanceof Answer.Written granted) {
			this.watches.forget(this.key);
			this.version = granted.version();
			this.doubtful = false;
			if (!validity().holds(now)) {
				return send(Phase.DISCARD, new Request.Release(this.key, this.leaseId));
			}
			if (this.terms.holding() == Holding.PERMANENT) {
				this.permanentId = this.ids.get();
				return settle();
			}
			return granted(this.leaseId, validity());
		}
		if (answer instanceof Answer.Refused refused) {
			this.doubtful |= refused.inDoubt();
			return refused.current().map((held) -> {
				this.watches.refusedBy(held, now.nanos());
				return busy(held);
			}).orElseGet(() -> send(Phase.LOOK, new Request.Read(this.key, true)));
		}
		return failed(answer);
	}

	/** After a refusal by a server that does not tell who holds the lock. */
	private Step looked(Answer answer, Reading now) {
		if (answer instanceof Answer.Found found) {
			Optional<LockRecord> held = found.current().filter((current) -> !current.isFree());
			if (held.isPresent()) {
				this.watches.refusedBy(held.get(), now.nanos());
				return busy(held.get());
			}
			this.watches.forget(this.key);
			this.holder = Optional.empty();
			this.failure = Optional.empty();
			attempted(AttemptOutcome.BUSY);
			return pauseOrGiveUp();
		}
		return failed(answer);
	}

	private Step polled(Answer answer, Reading now) {
		if (answer instanceof Answer.Found found) {
			Optional<LockRecord> held = found.current().filter((current) -> !current.isFree());
			if (held.isEmpty() || held.get().isHeldBy(this.leaseId)) {
				return write();
			}
			this.watches.read(held.get(), now.nanos());
			return this.watches.runOut(this.key, now.nanos()).isPresent() ? write() : busy(held.get());
		}
		return failed(answer);
	}

	private Step prepared(Answer answer) {
		if (answer instanceof Answer.Written) {
			this.preparations++;
			return write();
		}
		return failed(answer);
	}

	/** After the release of a grant whose answer came when its lease was over. */
	private Step discarded(Answer answer) {
		if (answer instanceof Answer.Failed) {
			this.leftovers.add(this.leaseId);
		}
		renounce();
		this.pollFailed = false;
		this.failure = Optional
			.of(new TableFailure(TableFailure.Kind.NO_ANSWER, "The table took longer to answer than the lease of "
					+ this.terms.leaseMillis() + " ms lasts; use a longer lease"));
		attempted(AttemptOutcome.FAILED);
		return pauseOrGiveUp();
	}

	private Step settle() {
		return send(Phase.SETTLE, new Request.MakePermanent(this.key, this.leaseId, this.permanentId));
	}

	private Step settled(Answer answer, Reading now) {
		if (answer instanceof Answer.Written) {
			return granted(this.permanentId, new Validity(this.before, Validity.ENDLESS));
		}
		if (answer instanceof Answer.Failed failed) {
			if (failed.failure().isPassing() && validity().holds(now)) {
				this.phase = Phase.PAUSE_TO_SETTLE;
				return new Step.Sleep(
						Math.min(this.backoff.next(now.nanos() - this.startedNanos), validity().remainingNanos(now)));
			}
			this.leftovers.add(this.leaseId);
			this.leftovers.add(this.permanentId);
			attempted(AttemptOutcome.FAILED);
			return end(resultOf(failed.failure()));
		}
		renounce();
		attempted(AttemptOutcome.BUSY);
		return pauseOrGiveUp();
	}

	private Step granted(String leaseId, Validity validity) {
		attempted(AttemptOutcome.ACQUIRED);
		return end(new Result.Granted(
				new Grant(this.key, leaseId, this.version, this.terms.holding(), this.terms.leaseMillis(), validity)));
	}

	private Step busy(LockRecord held) {
		this.holder = Optional.of(held);
		this.failure = Optional.empty();
		attempted(AttemptOutcome.BUSY);
		return pauseOrGiveUp();
	}

	private Step failed(Answer answer) {
		TableFailure failure = failureIn(answer);
		if (failure.kind() == TableFailure.Kind.UNPREPARED && this.preparations < MAX_PREPARATIONS) {
			return send(Phase.PREPARE, new Request.Prepare(this.key));
		}
		this.doubtful |= this.phase == Phase.WRITE && failure.outcomeUnknown();
		this.pollFailed = this.phase == Phase.POLL;
		this.failure = Optional.of(failure);
		attempted(AttemptOutcome.FAILED);
		return failure.isPassing() ? pauseOrGiveUp() : end(resultOf(failure));
	}

	private static TableFailure failureIn(Answer answer) {
		if (answer instanceof Answer.Failed failed) {
			return failed.failure();
		}
		throw new IllegalStateException("Not an answer to this request: " + answer);
	}

	private Step pauseOrGiveUp() {
		long now = this.time.nanoTime();
		long left = (this.terms.waitNanos() == Terms.FOREVER) ? Long.MAX_VALUE
				: this.terms.waitNanos() - (now - this.startedNanos);
		if (left <= 0 || this.attempts > this.terms.maxRetries()) {
			return end(this.failure.map(this::resultOf).orElseGet(this::stillBusy));
		}
		this.phase = Phase.PAUSE;
		long pause = Math.min(this.backoff.next(now - this.startedNanos), left);
		long watched = this.watches.remainingNanos(this.key, now);
		// a failed attempt to take what has run out is no reason to hurry
		boolean hurry = watched > 0 || this.failure.isEmpty();
		long nanos = hurry ? Math.min(pause, watched) : pause;
		logger.debug("Looking at the lock '{}' again in {} ms", this.key, nanos / NANOS_PER_MILLI);
		return new Step.Sleep(nanos);
	}

	private Result resultOf(TableFailure failure) {
		return new Result.Failed(isInDoubt() ? failure.withUnknownOutcome() : failure, this.attempts);
	}

	private Result stillBusy() {
		return new Result.Busy(this.holder, this.attempts, isInDoubt());
	}

	/** Whether the lock may be held, or come to be held, although this call gives up. */
	private boolean isInDoubt() {
		return this.doubtful || !this.leftovers.isEmpty();
	}

	/** Uses another id from now on: a release of the last one may still be on its way. */
	private void renounce() {
		this.leaseId = this.ids.get();
		this.holder = Optional.empty();
	}

	private Validity validity() {
		return new Validity(this.before, this.terms.leaseNanos());
	}

	private Step send(Phase phase, Request request) {
		this.phase = phase;
		return new Step.Send(request);
	}

	private Step end(Result result) {
		this.phase = Phase.END;
		if (this.doubtful) {
			this.leftovers.add(this.leaseId);
		}
		return new Step.Finished(result);
	}

	private void attempted(AttemptOutcome outcome) {
		if (logger.isDebugEnabled()) {
			logger.debug("Attempt {} on the lock '{}': {}", this.attempts, this.key, describe(outcome));
		}
		this.listener.attempted(outcome, this.time.nanoTime() - this.attemptNanos);
	}

	private String describe(AttemptOutcome outcome) {
		return switch (outcome) {
			case ACQUIRED -> "acquired, version " + this.version;
			case BUSY -> "held by " + this.holder.map(LockRecord::describeHolder).orElse("somebody who is gone by now");
			case FAILED -> "failed: " + this.failure.map(TableFailure::message).orElse("no usable answer");
		};
	}

	private enum Phase {

		WRITE, LOOK, POLL, PREPARE, DISCARD, SETTLE, PAUSE, PAUSE_TO_SETTLE, END

	}

	/** What the driver is to do. */
	public sealed interface Step {

		/**
		 * Send this, and report the answer.
		 *
		 * @param request what to ask of the table
		 */
		record Send(Request request) implements Step {

		}

		/**
		 * Wait, and report when done.
		 *
		 * @param nanos how long, in nanoseconds
		 */
		record Sleep(long nanos) implements Step {

		}

		/**
		 * Nothing more to do.
		 *
		 * @param result what came of the acquisition
		 */
		record Finished(Result result) implements Step {

		}

	}

	/** What came of the acquisition. */
	public sealed interface Result {

		/**
		 * The lock is ours.
		 *
		 * @param grant the lock
		 */
		record Granted(Grant grant) implements Result {

		}

		/**
		 * Somebody holds it, and the wait is over.
		 *
		 * @param holder who was seen last
		 * @param attempts how often it was tried
		 * @param inDoubt whether one of the attempts had no answer, and may have taken
		 * effect or may yet
		 */
		record Busy(Optional<LockRecord> holder, int attempts, boolean inDoubt) implements Result, Outcome {

			/** Somebody holds it, and no attempt is in doubt. */
			Busy(Optional<LockRecord> holder, int attempts) {
				this(holder, attempts, false);
			}

		}

		/**
		 * The table gave no usable answer, for good or until the wait was over.
		 *
		 * @param failure what went wrong last
		 * @param attempts how often it was tried
		 */
		record Failed(TableFailure failure, int attempts) implements Result, Outcome {

		}

	}

}
