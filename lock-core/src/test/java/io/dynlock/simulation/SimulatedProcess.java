package io.dynlock.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;

/**
 * One process of a simulated world: its two clocks, its timers and background threads,
 * and its way to sleep.
 * <p>
 * The monotonic clock overflows a few seconds after its start, so that every test shows
 * that readings are compared by subtraction only.
 */
public final class SimulatedProcess implements TimeSource, Scheduler, Sleeper {

	private static final long FIRST_NANOS = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

	private static final long FIRST_WALL_MILLIS = 1_700_000_000_000L;

	private final String name;

	private final SimulatedTime world;

	private final TreeSet<Event> events = new TreeSet<>(
			Comparator.comparingLong(Event::localNanos).thenComparingLong(Event::sequence));

	/** The true time at which the rate last changed. */
	private long changedNanos;

	/** What the monotonic clock had counted by then. */
	private long localNanos;

	private double rate = 1;

	private long wallOffsetMillis = FIRST_WALL_MILLIS;

	private boolean suspended;

	private boolean frozen;

	private boolean awake;

	private boolean shutDown;

	SimulatedProcess(String name, SimulatedTime world) {
		this.name = name;
		this.world = world;
		this.changedNanos = world.nanos();
	}

	@Override
	public long nanoTime() {
		synchronized (this.world) {
			return FIRST_NANOS + localAt(this.world.nanos());
		}
	}

	@Override
	public long wallMillis() {
		synchronized (this.world) {
			return this.wallOffsetMillis + this.world.nanos() / 1_000_000;
		}
	}

	/**
	 * From now on the monotonic clock runs at another rate.
	 * @param rate how much it counts in one true second; more than 0
	 */
	public void runAtRate(double rate) {
		changeClock(() -> this.rate = rate);
	}

	/**
	 * The monotonic clock jumps ahead.
	 * @param step how far
	 */
	public void stepMonotonic(Duration step) {
		changeClock(() -> this.localNanos += step.toNanos());
	}

	/**
	 * Somebody sets the wall clock.
	 * @param step by how much; negative for back
	 */
	public void stepWall(Duration step) {
		synchronized (this.world) {
			this.wallOffsetMillis += step.toMillis();
		}
	}

	/**
	 * Somebody sets the wall clock, whatever it shows.
	 * @param error how far it is from the truth then
	 */
	public void setWall(Duration error) {
		synchronized (this.world) {
			this.wallOffsetMillis = FIRST_WALL_MILLIS + error.toMillis();
		}
	}

	/** The process stands still and its clocks go on, as in a pause for garbage. */
	public void freeze() {
		synchronized (this.world) {
			this.frozen = true;
		}
	}

	/** The process goes on after {@link #freeze}, first with what it has missed. */
	public void thaw() {
		synchronized (this.world) {
			this.frozen = false;
		}
	}

	/** The machine is suspended: only its wall clock goes on. */
	public void suspend() {
		changeClock(() -> this.suspended = true);
	}

	/** The machine goes on after {@link #suspend}. */
	public void resume() {
		changeClock(() -> this.suspended = false);
	}

	/** The process dies: nothing of it ever runs again. */
	public void kill() {
		synchronized (this.world) {
			this.frozen = true;
			this.events.clear();
			this.shutDown = true;
		}
	}

	/** Whether it was killed. */
	public boolean isDead() {
		synchronized (this.world) {
			return this.frozen && this.shutDown;
		}
	}

	/** Whether its machine is suspended. */
	public boolean isSuspended() {
		synchronized (this.world) {
			return this.suspended;
		}
	}

	/** Whether it stands still. */
	public boolean standsStill() {
		synchronized (this.world) {
			return this.frozen || this.suspended;
		}
	}

	/** The world it lives in. */
	public SimulatedTime world() {
		return this.world;
	}

	/** How many timers and background tasks have not run yet. */
	public int pending() {
		synchronized (this.world) {
			return this.events.size();
		}
	}

	@Override
	public Timer schedule(long delayNanos, Runnable task) {
		synchronized (this.world) {
			if (this.shutDown) {
				return () -> {
				};
			}
			long due = localAt(this.world.nanos()) + Math.max(0, Math.min(delayNanos, Long.MAX_VALUE / 2));
			Event event = new Event(due, this.world.nextSequence(), task);
			this.events.add(event);
			return () -> remove(event);
		}
	}

	@Override
	public void execute(long patienceNanos, Runnable task) {
		if (isShutDown()) {
			task.run();
			return;
		}
		schedule(0, task);
	}

	private boolean isShutDown() {
		synchronized (this.world) {
			return this.shutDown && !this.frozen;
		}
	}

	@Override
	public void shutdown(Duration limit) {
		synchronized (this.world) {
			this.shutDown = true;
			this.events.clear();
		}
	}

	@Override
	public boolean sleep(long nanos) throws InterruptedException {
		boolean[] over = new boolean[1];
		Timer timer = schedule(nanos, () -> over[0] = true);
		try {
			this.world.runUntil(() -> over[0] || this.awake || Thread.currentThread().isInterrupted());
		}
		finally {
			timer.cancel();
		}
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		return !this.awake;
	}

	@Override
	public void wakeAll() {
		this.awake = true;
	}

	/** What this process runs next, unless it stands still. */
	Optional<Due> nextDue() {
		if (this.frozen || this.suspended || this.events.isEmpty()) {
			return Optional.empty();
		}
		Event event = this.events.first();
		return Optional.of(new Due(trueTimeOf(event.localNanos()), event, this));
	}

	void remove(Event event) {
		synchronized (this.world) {
			this.events.remove(event);
		}
	}

	private void changeClock(Runnable change) {
		synchronized (this.world) {
			this.localNanos = localAt(this.world.nanos());
			this.changedNanos = this.world.nanos();
			change.run();
		}
	}

	private long localAt(long trueNanos) {
		return this.suspended ? this.localNanos
				: this.localNanos + (long) ((trueNanos - this.changedNanos) * this.rate);
	}

	/** The first moment, from now on, at which the monotonic clock has counted so far. */
	private long trueTimeOf(long local) {
		long now = this.world.nanos();
		if (localAt(now) >= local) {
			return now;
		}
		long time = this.changedNanos + (long) ((local - this.localNanos) / this.rate) - 1;
		while (localAt(time) < local) {
			time++;
		}
		return Math.max(now, time);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * Something that will run.
	 *
	 * @param localNanos when, by the monotonic clock
	 * @param sequence its place among those of the same time
	 * @param task what will run
	 */
	record Event(long localNanos, long sequence, Runnable task) {

	}

	/**
	 * The next event of a process.
	 *
	 * @param nanos its true time
	 * @param event what will run
	 * @param process where
	 */
	record Due(long nanos, Event event, SimulatedProcess process) {

		boolean isBefore(Due other) {
			return this.nanos < other.nanos
					|| (this.nanos == other.nanos && this.event.sequence() < other.event.sequence());
		}

	}

}
