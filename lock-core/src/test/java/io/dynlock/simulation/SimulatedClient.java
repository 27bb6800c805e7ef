package io.dynlock.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.dynlock.internal.protocol.Acquisition;
import io.dynlock.internal.protocol.AttemptOutcome;
import io.dynlock.internal.protocol.Grant;
import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;

/**
 * A process of a simulated world that uses locks. Its lease ids are its name and a
 * number; what users are told runs in a background task of its own.
 */
public final class SimulatedClient {

	private final String name;

	private final SimulatedProcess process;

	private final TableConnection connection;

	private final LockClient client;

	private final List<AttemptOutcome> attempts = new ArrayList<>();

	private int ids;

	/**
	 * Starts a process.
	 * @param name who it is, also as owner of locks
	 * @param world where it lives
	 * @param table the table it uses
	 */
	public SimulatedClient(String name, SimulatedTime world, ModelTable table) {
		this.name = name;
		this.process = world.process(name);
		this.connection = table.connect(this.process);
		this.client = new LockClient(this.connection, this.process, this.process, this.process,
				new Random(name.hashCode()), () -> name + "-" + ++this.ids, this.process::execute);
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
	 * Calls acquire.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public Acquisition.Result acquire(LockKey key, Wish wish) {
		try {
			return this.client.acquire(key, wish.terms(this.name), (outcome, nanos) -> this.attempts.add(outcome));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting", ex);
		}
	}

	/**
	 * Calls acquire, which must succeed, and leaves the lease alone.
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
	 * Calls acquire, which must succeed, and has the lease looked after.
	 * @param key the lock
	 * @param wish what is asked for
	 */
	public SimulatedLease hold(LockKey key, Wish wish) {
		Grant grant = grant(key, wish);
		RecordingLeaseListener events = new RecordingLeaseListener(this.process);
		HeldLease lease = this.client.hold(grant, events).orElseThrow();
		return new SimulatedLease(lease, this.client.leases(), events);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
