package io.dynlock.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.internal.protocol.Acquisition;
import io.dynlock.internal.protocol.AttemptOutcome;
import io.dynlock.internal.protocol.BareAcquirer;
import io.dynlock.internal.protocol.Grant;
import io.dynlock.internal.protocol.HandOff;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Outcome;
import io.dynlock.internal.protocol.Tenure;

/**
 * A process of a simulated world that uses locks. Its lease ids are its name and a
 * number; what users are told runs in a background task of its own.
 */
public final class SimulatedClient {

	private final String name;

	private final SimulatedProcess process;

	private final TableConnection connection;

	private final LockClient client;

	private final BareAcquirer acquirer;

	private final List<AttemptOutcome> attempts = new ArrayList<>();

	private int ids;

	/**
	 * Starts a process.
	 * @param name who it is, also as owner of locks
	 * @param world where it lives
	 * @param table the table it uses
	 */
	public SimulatedClient(String name, SimulatedTime world, ModelTable table) {
		this(name, world, table, new Random(name.hashCode()));
	}

	private SimulatedClient(String name, SimulatedTime world, ModelTable table, RandomGenerator random) {
		this.name = name;
		this.process = world.process(name);
		this.connection = table.connect(this.process);
		Supplier<String> ids = () -> name + "-" + ++this.ids;
		this.client = new LockClient(this.connection, this.process, this.process, this.process, random, ids,
				(task) -> this.process.execute(0, task), new HandOff(1000, Duration.ofSeconds(4).toNanos()));
		this.acquirer = new BareAcquirer(this.connection, this.process, this.process, this.process, random, ids);
	}

	/**
	 * Starts a process in which nothing is left to chance: pauses have their full length,
	 * and renewals come at their latest.
	 * @param name who it is, also as owner of locks
	 * @param world where it lives
	 * @param table the table it uses
	 */
	public static SimulatedClient punctual(String name, SimulatedTime world, ModelTable table) {
		return new SimulatedClient(name, world, table, () -> 0);
	}

	/** Its clocks, timers and threads. */
	public SimulatedProcess process() {
		return this.process;
	}

	/** Its way to the table. */
	public TableConnection connection() {
		return this.connection;
	}

	/** The protocol as it uses it. */
	public LockClient client() {
		return this.client;
	}

	/** What came of all attempts so far. */
	public List<AttemptOutcome> attempts() {
		return List.copyOf(this.attempts);
	}

	/**
	 * Asks the table for a lock, and leaves it alone if it is granted.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public Acquisition.Result acquire(LockKey key, Wish wish) {
		return uninterrupted(() -> this.acquirer.acquire(key, wish.terms(this.name), this::attempted));
	}

	/**
	 * Asks the table for a lock, which must be granted, and leaves it alone.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public Grant grant(LockKey key, Wish wish) {
		Acquisition.Result result = acquire(key, wish);
		if (result instanceof Acquisition.Result.Granted granted) {
			return granted.grant();
		}
		throw new AssertionError("Not granted: " + result);
	}

	/**
	 * Acquires a lock, which must succeed, and has the lease looked after.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public SimulatedLease hold(LockKey key, Wish wish) {
		return tryHold(key, wish).orElseThrow(() -> new AssertionError("Not granted"));
	}

	/**
	 * Acquires a lock, and has the lease looked after.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public Optional<SimulatedLease> tryHold(LockKey key, Wish wish) {
		Outcome outcome = uninterrupted(() -> this.client.acquire(key, wish.terms(this.name), this::attempted));
		return (outcome instanceof Outcome.Held held) ? Optional.of(begin(held.tenure())) : Optional.empty();
	}

	/**
	 * Acquires a lock without waiting for the outcome.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public CompletableFuture<Outcome> acquireAsync(LockKey key, Wish wish) {
		return this.client.acquireAsync(key, wish.terms(this.name), this::attempted);
	}

	/**
	 * Begins the time with a lock that was acquired.
	 * @param tenure what was acquired
	 */
	public SimulatedLease begin(Tenure tenure) {
		RecordingLeaseListener events = new RecordingLeaseListener(this.process);
		this.client.begin(tenure, events);
		return new SimulatedLease(tenure, this.client, events);
	}

	private void attempted(AttemptOutcome outcome, long nanos) {
		this.attempts.add(outcome);
	}

	private static <T> T uninterrupted(Callable<T> call) {
		try {
			return call.call();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting", ex);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
