package io.dynlock.simulation.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.dynlock.internal.protocol.Acquisition;
import io.dynlock.internal.protocol.Holding;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Outcome;
import io.dynlock.internal.protocol.TableFailureException;
import io.dynlock.internal.protocol.Terms;
import io.dynlock.simulation.ProcessDiedError;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;

/**
 * A process that uses locks. Its callers ask for a lock, hold it for a while if they get
 * it, give it back, and begin again.
 */
final class Node {

	private final String name;

	private final SimulatedProcess process;

	private final Link link;

	private final LockClient client;

	private final Journal journal;

	private final Conditions conditions;

	private final List<LockKey> keys;

	private final RandomGenerator random;

	private int waiting;

	private int ids;

	private boolean clockSet;

	private long suspensions;

	private long runningSince;

	private long resumedNanos = Long.MIN_VALUE / 2;

	private boolean closed;

	private boolean retired;

	Node(String name, SimulatedTime world, Network network, Journal journal, Conditions conditions, List<LockKey> keys,
			RandomGenerator random) {
		this.name = name;
		this.process = world.process(name);
		this.link = new Link(this.process, network);
		this.journal = journal;
		this.conditions = conditions;
		this.keys = keys;
		this.random = random;
		this.client = new LockClient(this.link, this.link, this.process, this.process, this.process, random,
				() -> name + "-" + ++this.ids, (task) -> this.process.execute(0, task), conditions.handOff());
	}

	SimulatedProcess process() {
		return this.process;
	}

	Link link() {
		return this.link;
	}

	boolean isClosed() {
		return this.closed;
	}

	boolean isUsable() {
		return !this.closed && !this.process.isDead();
	}

	long suspensions() {
		return this.suspensions;
	}

	long runningSince() {
		return this.runningSince;
	}

	/** Whether nobody waits, nothing is held, and nothing is going to happen. */
	boolean isIdle() {
		return this.waiting == 0 && this.client.isIdle() && this.process.pending() == 0;
	}

	String describe() {
		return this.name + " has " + this.waiting + " waiting callers, " + this.client.leases().size() + " leases, "
				+ this.process.pending() + " timers and tasks" + (this.client.isIdle() ? "" : ", and remembers locks");
	}

	/** Its callers begin. */
	void start() {
		for (int caller = 0; caller < this.conditions.callers(); caller++) {
			later(this.random.nextLong(this.conditions.leaseNanos()), this::want);
		}
	}

	/** Its callers want nothing new. */
	void retire() {
		this.retired = true;
	}

	void freeze() {
		this.process.freeze();
	}

	void thaw() {
		this.process.thaw();
		this.runningSince = this.process.world().nanos();
	}

	/** Somebody sets its wall clock. */
	void setClock(Duration error) {
		this.clockSet = true;
		this.process.setWall(error);
	}

	/** Whether its wall clock was set while it ran. */
	boolean hasSetClock() {
		return this.clockSet;
	}

	void suspend() {
		this.suspensions++;
		this.process.suspend();
	}

	void resume() {
		this.process.resume();
		this.runningSince = this.process.world().nanos();
		this.resumedNanos = this.runningSince;
	}

	/** Whether what it is granted now may have been asked for before a suspension. */
	boolean hasJustResumed() {
		return this.process.world().nanos() - this.resumedNanos < 2 * this.conditions.leaseNanos();
	}

	void close() {
		this.closed = true;
		try {
			this.client.close(0);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		this.journal.claims()
			.stream()
			.filter((claim) -> claim.node() == this && claim.isBelieved()
					&& claim.lease().grant().holding() != Holding.PERMANENT)
			.findFirst()
			.ifPresent((claim) -> this.journal
				.failed(new Violation("No leak", this.name + " is closed, and believes in " + claim)));
	}

	/**
	 * Waits for a lock without limit, and keeps it.
	 * @param key the lock
	 * @return completes when it has the lock
	 */
	CompletableFuture<Outcome> keep(LockKey key) {
		return acquire(key, terms(Holding.RENEWED, Terms.FOREVER, Terms.UNLIMITED));
	}

	/**
	 * Waits for a lock without limit, and gives it back at once.
	 * @param key the lock
	 */
	void touch(LockKey key) {
		later(0, () -> keep(key).thenAccept((outcome) -> later(0, () -> {
			if (outcome instanceof Outcome.Held held) {
				this.client.end(held.tenure());
			}
		})));
	}

	/** Frees a lock, whoever holds it. */
	void forceRelease(LockKey key) {
		forcing(() -> {
			this.journal.note(() -> this.name + " releases " + key + " by name");
			this.client.forceRelease(key);
		});
	}

	/** Frees a lock, if it is still held as it was seen some time ago. */
	void forceReleaseLater(LockKey key, long nanos) {
		forcing(() -> {
			Optional<LockRecord> seen = this.client.read(key).filter((item) -> !item.isFree());
			seen.ifPresent((held) -> later(nanos, () -> forcing(() -> this.client.forceRelease(held))));
		});
	}

	private void forcing(Runnable task) {
		try {
			this.link.forcing(task);
		}
		catch (TableFailureException ex) {
			this.journal.count("failed calls");
		}
	}

	private void later(long nanos, Runnable task) {
		this.process.schedule(nanos, () -> {
			try {
				task.run();
			}
			catch (RuntimeException | AssertionError ex) {
				this.journal.failed(ex);
			}
		});
	}

	private void want() {
		if (this.closed || this.retired) {
			return;
		}
		LockKey key = this.keys.get(this.random.nextInt(this.keys.size()));
		Terms terms = terms();
		long started = this.process.nanoTime();
		CompletableFuture<Outcome> outcome = acquire(key, terms);
		outcome.whenComplete((result, failure) -> {
			try {
				if (result instanceof Outcome.Held held) {
					has(this.journal.granted(this, held.tenure()));
				}
				else {
					hasNot(result, terms, this.process.nanoTime() - started);
				}
			}
			catch (ProcessDiedError ex) {
				throw ex;
			}
			catch (RuntimeException | AssertionError ex) {
				this.journal.failed(ex);
			}
		});
		if (this.random.nextInt(12) == 0) {
			later(this.random.nextLong(this.conditions.leaseNanos()), () -> outcome.cancel(false));
		}
	}

	private CompletableFuture<Outcome> acquire(LockKey key, Terms terms) {
		CompletableFuture<Outcome> outcome = this.client.acquireAsync(key, terms,
				(attempt, nanos) -> this.journal.count("attempts: " + attempt));
		this.waiting++;
		outcome.whenComplete((result, failure) -> this.waiting--);
		return outcome;
	}

	private void has(Claim claim) {
		this.client.begin(claim.tenure(), claim);
		long lease = this.conditions.leaseNanos();
		long hold = (this.random.nextInt(6) == 0) ? this.random.nextLong(3 * lease) : this.random.nextLong(lease / 3);
		if (claim.lease().grant().holding() == Holding.FIXED && this.random.nextBoolean()) {
			later(hold / 2, () -> {
				if (!claim.isEnded()) {
					this.client.leases().renew(claim.lease());
				}
			});
		}
		later(hold, () -> giveBack(claim));
	}

	private void giveBack(Claim claim) {
		boolean overtaken = this.journal.isOvertaken(claim);
		claim.end();
		this.journal.note(() -> this.name + " gives back " + claim);
		LeaseKeeper.ReleaseResult result = (this.random.nextInt(8) == 0)
				? this.client.endLater(claim.tenure(), this.random.nextLong(this.conditions.leaseNanos()))
				: this.client.end(claim.tenure());
		if (overtaken && result.held() && !this.journal.isOverridden(claim) && this.conditions.keepsItems()) {
			throw new Violation("Truth", claim + " was given back as if it had not been lost");
		}
		wantAgain();
	}

	private void hasNot(Outcome result, Terms terms, long waited) {
		boolean limited = terms.maxRetries() != Terms.UNLIMITED || terms.waitNanos() == 0;
		boolean early = result instanceof Acquisition.Result.Busy && !this.closed && !limited
				&& waited < terms.waitNanos();
		if (early || isOverdue(terms, waited)) {
			throw new Violation("Truth", this.name + " is told after " + waited + " ns that it has waited "
					+ terms.waitNanos() + " ns in vain");
		}
		wantAgain();
	}

	/** Whether a wait took longer than its limit and every request that may end it. */
	private boolean isOverdue(Terms terms, long waited) {
		boolean stoodStill = this.process.world().nanos() - this.runningSince < 2 * waited;
		return terms.waitNanos() != Terms.FOREVER && !stoodStill
				&& waited > terms.waitNanos() + 4 * this.conditions.leaseNanos();
	}

	private void wantAgain() {
		later(this.random.nextLong(this.conditions.leaseNanos() / 2), this::want);
	}

	private Terms terms() {
		int kind = this.random.nextInt(20);
		Holding holding = (kind == 0) ? Holding.PERMANENT : (kind < 4) ? Holding.FIXED : Holding.RENEWED;
		long wait = switch (this.random.nextInt(4)) {
			case 0 -> 0;
			case 1 -> this.random.nextLong(2 * this.conditions.leaseNanos());
			default -> Terms.FOREVER;
		};
		OptionalInt retries = (this.random.nextInt(8) == 0) ? OptionalInt.of(this.random.nextInt(5))
				: OptionalInt.empty();
		return terms(holding, wait, retries.orElse(Terms.UNLIMITED));
	}

	private Terms terms(Holding holding, long waitNanos, int maxRetries) {
		return new Terms(this.name, holding, this.conditions.leaseNanos() / Conditions.MILLI, Optional.empty(),
				waitNanos, maxRetries, this.conditions.pauseNanos(), this.conditions.maxPauseNanos());
	}

	@Override
	public String toString() {
		return this.name;
	}

}
