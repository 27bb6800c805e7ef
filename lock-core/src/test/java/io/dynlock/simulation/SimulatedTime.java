package io.dynlock.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The true time of a simulated world. It passes only in {@link #advance} and
 * {@link #runUntil}, and everything that falls due meanwhile runs then, in the calling
 * thread and in the order of its time.
 * <p>
 * Both may be called again by what they run: a request that takes two seconds is one that
 * advances the time by two seconds before it returns, and while it is under way the other
 * threads of the world, its own process included, go on.
 */
public final class SimulatedTime {

	/** Enough for a test of hours, and soon over where somebody waits in vain. */
	private static final long DEFAULT_MAX_EVENTS = 100_000;

	private final List<SimulatedProcess> processes = new ArrayList<>();

	private final SimulatedProcess outside;

	private final long maxEvents;

	private long nanos;

	private long sequence;

	private long eventsRun;

	private Runnable afterEach = () -> {
	};

	/** Creates a world in which nothing has happened yet. */
	public SimulatedTime() {
		this(DEFAULT_MAX_EVENTS);
	}

	/**
	 * Creates a world for a long test.
	 * @param maxEvents after so many events somebody is taken to wait in vain
	 */
	public SimulatedTime(long maxEvents) {
		this.maxEvents = maxEvents;
		this.outside = process("outside");
	}

	/**
	 * Adds a process, whose clocks run right until they are told otherwise.
	 * @param name shows in messages
	 */
	public SimulatedProcess process(String name) {
		SimulatedProcess process = new SimulatedProcess(name, this);
		synchronized (this) {
			this.processes.add(process);
		}
		return process;
	}

	/**
	 * Has something looked at after every event.
	 * @param check what to do
	 */
	public void afterEach(Runnable check) {
		this.afterEach = check;
	}

	/** How many events there were. */
	public synchronized long eventsRun() {
		return this.eventsRun;
	}

	/** How long the world has existed, in nanoseconds. */
	public synchronized long nanos() {
		return this.nanos;
	}

	/**
	 * Has something happen later.
	 * @param delay when, from now
	 * @param event what happens
	 */
	public void in(Duration delay, Runnable event) {
		this.outside.schedule(delay.toNanos(), event);
	}

	/**
	 * Lets time pass.
	 * @param duration how much
	 */
	public void advance(Duration duration) {
		long end = nanos() + duration.toNanos();
		while (runNext(Math.max(end, nanos()))) {
			// all that is due by then, or by the time to which it advances the world
		}
		passTo(end);
	}

	/** Runs what is due now, and what that makes due. */
	public void settle() {
		advance(Duration.ZERO);
	}

	/**
	 * Lets time pass from event to event until something has come true.
	 * @param condition what to wait for
	 */
	public void runUntil(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			if (!runNext(Long.MAX_VALUE)) {
				throw new IllegalStateException("Nothing will happen any more, and what is waited for has not come");
			}
		}
	}

	/** The place of an event among those of the same time: first come, first served. */
	synchronized long nextSequence() {
		return this.sequence++;
	}

	private boolean runNext(long end) {
		Optional<SimulatedProcess.Due> next = takeNext(end);
		if (next.isEmpty()) {
			return false;
		}
		try {
			next.get().event().task().run();
		}
		catch (ProcessDiedError ex) {
			ex.endIn(next.get().process());
		}
		this.afterEach.run();
		return true;
	}

	private synchronized Optional<SimulatedProcess.Due> takeNext(long end) {
		SimulatedProcess.@Nullable Due earliest = null;
		for (SimulatedProcess process : this.processes) {
			SimulatedProcess.@Nullable Due due = process.nextDue().orElse(null);
			if (due != null && (earliest == null || due.isBefore(earliest))) {
				earliest = due;
			}
		}
		if (earliest == null || earliest.nanos() > end) {
			return Optional.empty();
		}
		if (++this.eventsRun > this.maxEvents) {
			throw new IllegalStateException("More than " + this.maxEvents + " events; does somebody wait in vain?");
		}
		passTo(earliest.nanos());
		earliest.process().remove(earliest.event());
		return Optional.of(earliest);
	}

	private synchronized void passTo(long end) {
		this.nanos = Math.max(this.nanos, end);
	}

}
