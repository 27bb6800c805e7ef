package io.dynlock.internal.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the leases that this process holds: renews them in time, notices when one
 * is lost, and gives them back. Thread-safe.
 * <p>
 * A lease is renewed when a third of it is over, or, the first time, a little before;
 * renewals that wait for a thread are sent in the order in which their leases end. A
 * renewal that fails is repeated until the lease has run out. The holder stops believing
 * in its lease before any waiter may start, because it counts from before its last
 * renewal was sent and the waiter from after it saw that renewal, and 2&nbsp;% longer.
 */
public final class LeaseKeeper {

	private static final Logger logger = LoggerFactory.getLogger(LeaseKeeper.class);

	private final LockTable table;

	private final AsyncLockTable background;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final RandomGenerator random;

	private final Executor callbacks;

	private final Consumer<HeldLease> ended;

	private final Leftovers leftovers;

	private final Set<HeldLease> held = ConcurrentHashMap.newKeySet();

	private final Set<HeldLease> lingering = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private volatile boolean draining;

	/** Whether there are no timers any more. */
	private volatile boolean closed;

	LeaseKeeper(LockTable table, AsyncLockTable background, Scheduler scheduler, TimeSource time,
			RandomGenerator random, Executor callbacks, Leftovers leftovers, Consumer<HeldLease> ended) {
		this.table = table;
		this.background = background;
		this.scheduler = scheduler;
		this.time = time;
		this.random = random;
		this.callbacks = callbacks;
		this.leftovers = leftovers;
		this.ended = ended;
	}

	/**
	 * Takes a lease into care.
	 * @param grant what was acquired
	 * @param place the caller's place
	 * @return the lease; empty, and the lock released, when this keeper takes no more
	 */
	Optional<HeldLease> hold(Grant grant, Place place) {
		HeldLease lease = new HeldLease(grant, place);
		this.held.add(lease);
		if (this.draining) {
			releaseInBackground(lease);
			return Optional.empty();
		}
		try {
			lookAfter(lease);
			return Optional.of(lease);
		}
		catch (RuntimeException | Error ex) {
			releaseInBackground(lease);
			throw ex;
		}
	}

	private void lookAfter(HeldLease lease) {
		if (lease.grant().holding() != Holding.PERMANENT) {
			watchExpiry(lease);
		}
		scheduleFirstRenewal(lease);
	}

	/** How many leases are held, or were lost and their holders are being told. */
	public int size() {
		return this.held.size();
	}

	/** The listeners of all leases that are held. */
	public Stream<LeaseListener> listeners() {
		return this.held.stream().filter(HeldLease::isHeld).map(HeldLease::listener);
	}

	/**
	 * Whether a lease may be believed in now. One that only the wall clock doubts is
	 * renewed at once, in the background.
	 * @param lease the lease
	 */
	public boolean isValid(HeldLease lease) {
		if (!lease.isHeld()) {
			return false;
		}
		Reading now = this.time.now();
		Validity validity = lease.validity();
		if (validity.hasRunOut(now)) {
			lose(lease, lease.lossByTime());
			return false;
		}
		if (validity.isSuspect(now)) {
			renewInBackground(lease);
			return false;
		}
		return true;
	}

	/**
	 * How long a lease lasts if it is not renewed, in nanoseconds.
	 * @param lease the lease
	 */
	public long remainingNanos(HeldLease lease) {
		return isValid(lease) ? Math.max(0, lease.validity().remainingNanos(this.time.now())) : 0;
	}

	/**
	 * Renews a lease now, in this thread.
	 * @param lease the lease
	 * @return what went wrong, if anything; afterwards {@link #isValid} tells whether the
	 * lease still holds
	 */
	public Optional<TableFailure> renew(HeldLease lease) {
		Reading before = this.time.now();
		if (lease.isHeld() && lease.validity().hasRunOut(before)) {
			lose(lease, lease.lossByTime());
		}
		if (!lease.isHeld()) {
			return Optional.empty();
		}
		Answer answer = this.table.send(renewal(lease));
		renewalAnswered(lease, answer, before, true);
		return (answer instanceof Answer.Failed failed) ? Optional.of(failed.failure()) : Optional.empty();
	}

	/**
	 * Tells a caller of a loss that came before it began its time with the lease.
	 * @param lease a lease that is not held
	 * @param listener the caller
	 */
	void tellOfLoss(HeldLease lease, LeaseListener listener) {
		this.callbacks.execute(() -> listener.lost(lease.loss().orElseGet(() -> Loss.of(Loss.Cause.EXPIRED))));
	}

	/**
	 * Gives a lease back in the background.
	 * @param lease the lease
	 */
	void releaseInBackground(HeldLease lease) {
		if (lease.beginRelease()) {
			this.leftovers.release(lease.grant());
			forget(lease);
		}
	}

	/**
	 * Gives a lease back, in this thread.
	 * @param lease the lease
	 * @return whether it was held until now, or what went wrong; then the release is
	 * repeated in the background
	 */
	ReleaseResult release(HeldLease lease) {
		boolean interrupted = Thread.interrupted();
		try {
			confirm(lease);
			if (!lease.beginRelease()) {
				return ReleaseResult.NOT_HELD;
			}
			Grant grant = lease.grant();
			try {
				Answer answer = this.table.send(new Request.Release(grant.key(), grant.leaseId()));
				if (answer instanceof Answer.Failed failed && failed.failure().kind() != TableFailure.Kind.NO_TABLE) {
					this.leftovers.release(grant);
					return new ReleaseResult(true, Optional.of(failed.failure()));
				}
				return ReleaseResult.RELEASED;
			}
			finally {
				forget(lease);
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Gives a lease back a little later, in the background, and keeps it until then;
	 * after {@link #close}, at once, since nobody would do it later.
	 * @param lease the lease
	 * @param delayNanos when, in nanoseconds from now
	 * @return whether it was held until now
	 */
	ReleaseResult releaseLater(HeldLease lease, long delayNanos) {
		confirm(lease);
		this.lingering.add(lease);
		if (!lease.isHeld()) {
			this.lingering.remove(lease);
			return ReleaseResult.NOT_HELD;
		}
		if (this.closed) {
			releaseAtLast(lease);
		}
		else {
			this.scheduler.schedule(delayNanos, () -> releaseAtLast(lease));
			completeIfDrained();
		}
		return ReleaseResult.RELEASED;
	}

	private void releaseAtLast(HeldLease lease) {
		releaseInBackground(lease);
		this.ended.accept(lease);
	}

	/**
	 * Finds out about a lease that is suspect, and so may have been taken. One that
	 * cannot be confirmed counts as lost.
	 * @param lease the lease
	 */
	public void confirm(HeldLease lease) {
		Reading now = this.time.now();
		if (lease.isHeld() && (lease.validity().hasRunOut(now) || lease.validity().isSuspect(now))) {
			renew(lease).filter((failure) -> lease.validity().isSuspect(this.time.now()))
				.ifPresent((failure) -> lose(lease, Loss.unreachable(failure)));
		}
	}

	/**
	 * Takes no more leases, and looks after those that are held until they are given
	 * back.
	 * @return completes when none is held, or being given back, any more, but for
	 * permanent locks and leases that are to be held a little longer
	 */
	CompletableFuture<Void> drain() {
		this.draining = true;
		if (isDrained()) {
			this.drained.complete(null);
		}
		return this.drained.copy();
	}

	private void completeIfDrained() {
		if (this.draining && !this.drained.isDone() && isDrained()) {
			// whoever waits for it may close the client, which must not happen here
			this.callbacks.execute(() -> this.drained.complete(null));
		}
	}

	private boolean isDrained() {
		return this.held.stream().allMatch(this::staysHeld);
	}

	private boolean staysHeld(HeldLease lease) {
		return lease.grant().holding() == Holding.PERMANENT || this.lingering.contains(lease);
	}

	/**
	 * Takes no more leases and gives back all that are held, but for permanent locks and
	 * leases that are to be held a little longer.
	 * @param nanos how long to wait for the releases, in nanoseconds
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	void close(long nanos) throws InterruptedException {
		this.draining = true;
		this.closed = true;
		for (HeldLease lease : this.held) {
			boolean lingers = this.lingering.contains(lease);
			if (lease.grant().holding() == Holding.PERMANENT && lingers) {
				// nobody would ever release it
				releaseInBackground(lease);
			}
			else if (lease.grant().holding() == Holding.PERMANENT) {
				logger.info("The permanent lock '{}' stays held; release it by name when it is no longer needed",
						lease.grant().key());
			}
			else if (!lingers) {
				lose(lease, Loss.of(Loss.Cause.CLOSED));
			}
		}
		this.leftovers.close(nanos);
	}

	/** A little early, so that leases acquired together are not renewed together. */
	private void scheduleFirstRenewal(HeldLease lease) {
		if (lease.grant().holding() == Holding.RENEWED) {
			double early = this.random.nextDouble() * lease.validity().leaseNanos() / 18;
			renewIn(lease, untilRenewal(lease) - (long) early);
		}
	}

	private void scheduleRenewal(HeldLease lease) {
		if (lease.grant().holding() == Holding.RENEWED) {
			renewIn(lease, untilRenewal(lease));
		}
	}

	/** How long until a third of a lease is over. */
	private long untilRenewal(HeldLease lease) {
		Validity validity = lease.validity();
		return validity.leaseNanos() / 3 - (this.time.nanoTime() - validity.from().nanos());
	}

	private void renewIn(HeldLease lease, long nanos) {
		lease.renewAt(this.scheduler.schedule(nanos, () -> renewInBackground(lease)));
	}

	private void watchExpiry(HeldLease lease) {
		long remaining = lease.validity().remainingNanos(this.time.now());
		lease.expireAt(this.scheduler.schedule(remaining, () -> {
			if (lease.validity().hasRunOut(this.time.now())) {
				lose(lease, lease.lossByTime());
			}
			else if (lease.isHeld()) {
				watchExpiry(lease);
			}
		}));
	}

	private void renewInBackground(HeldLease lease) {
		Reading now = this.time.now();
		if (lease.validity().hasRunOut(now)) {
			lose(lease, lease.lossByTime());
		}
		else if (lease.beginRenewal()) {
			boolean prolong = lease.grant().holding() == Holding.RENEWED;
			long patience = lease.validity().remainingNanos(now) / 2;
			this.background.send(renewal(lease), patience,
					(answer, before) -> renewalAnswered(lease, answer, before, prolong));
		}
	}

	private static Request.Renew renewal(HeldLease lease) {
		Grant grant = lease.grant();
		return new Request.Renew(grant.key(), grant.leaseId(), grant.leaseMillis());
	}

	private void renewalAnswered(HeldLease lease, Answer answer, Reading before, boolean prolong) {
		boolean written = answer instanceof Answer.Written;
		if (lease.isHeld() || (!written && !lease.isReleased())) {
			lease.listener().renewed(written, this.time.nanoTime() - before.nanos());
		}
		if (answer instanceof Answer.Written) {
			lease.renewed(before, prolong);
			scheduleRenewal(lease);
		}
		else if (answer instanceof Answer.Failed failed) {
			lease.renewalFailed(failed.failure());
			if (failed.failure().kind() == TableFailure.Kind.NO_TABLE) {
				lose(lease, Loss.unreachable(failed.failure()));
			}
			else {
				repeatRenewal(lease, failed.failure());
			}
		}
		else if (answer instanceof Answer.Refused refused) {
			refused(lease, refused);
		}
	}

	private void repeatRenewal(HeldLease lease, TableFailure failure) {
		if (lease.isHeld() && lease.grant().holding() == Holding.RENEWED) {
			logger.warn("Could not renew the lease on the lock '{}', trying again: {}", lease.grant().key(),
					failure.message());
			renewIn(lease, Backoff.jittered(lease.validity().leaseNanos() / 30, this.random));
		}
	}

	private void refused(HeldLease lease, Answer.Refused refused) {
		if (refused.current().isPresent()) {
			lose(lease, Loss.to(refused.current()));
		}
		else if (lease.doubt()) {
			Answer found = this.table.send(new Request.Read(lease.grant().key(), true));
			lose(lease, Loss.to((found instanceof Answer.Found current) ? current.current() : Optional.empty()));
		}
	}

	/**
	 * Notes that this very process released a lock by name; the holder need not wait for
	 * its next renewal to learn of it. The lock may stand in the table again, if it was
	 * released between two writes of the same acquisition.
	 * @param released what was held
	 */
	void forceReleased(LockRecord released) {
		this.held.stream()
			.filter((lease) -> lease.grant().key().equals(released.key()) && released.isHeldBy(lease.grant().leaseId()))
			.forEach((lease) -> lose(lease, Loss.of(Loss.Cause.FORCE_RELEASED), true));
	}

	private void lose(HeldLease lease, Loss loss) {
		lose(lease, loss, switch (loss.cause()) {
			case EXPIRED, UNREACHABLE, CLOSED -> true;
			case TAKEN, FORCE_RELEASED -> false;
		});
	}

	private void lose(HeldLease lease, Loss loss, boolean mayStandInTable) {
		if (!lease.lose(loss)) {
			return;
		}
		if (mayStandInTable) {
			this.leftovers.announce(lease.grant());
		}
		// Whoever lost the lease is told before the lock is offered to others.
		LeaseListener listener = lease.listener();
		this.callbacks.execute(() -> {
			try {
				listener.lost(loss);
			}
			finally {
				this.ended.accept(lease);
				if (mayStandInTable) {
					this.leftovers.release(lease.grant());
				}
				forget(lease);
			}
		});
	}

	private void forget(HeldLease lease) {
		this.held.remove(lease);
		this.lingering.remove(lease);
		completeIfDrained();
	}

	/**
	 * What came of giving a lease back.
	 *
	 * @param held whether the lease was held until now
	 * @param failure what went wrong, if anything
	 */
	public record ReleaseResult(boolean held, Optional<TableFailure> failure) {

		/** The lease was lost or released before. */
		public static final ReleaseResult NOT_HELD = new ReleaseResult(false, Optional.empty());

		/** The lease was held, and is no more. */
		public static final ReleaseResult RELEASED = new ReleaseResult(true, Optional.empty());

	}

}
