package io.dynlock.internal.time;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tasks that wait for their time. Most of them are cancelled long before it, so the bell
 * is set for the earliest, and stays set when that is cancelled: to acquire and release
 * locks, one after the other, wakes no thread.
 * <p>
 * Thread-safe. Tasks must not throw.
 */
final class Alarms {

	private final TimeSource time;

	private final Bell bell;

	private final ReentrantLock lock = new ReentrantLock();

	private final TreeMap<Due, Runnable> tasks = new TreeMap<>(
			Comparator.<Due>naturalOrder().thenComparingLong(Due::sequence));

	private long sequence;

	private Optional<Ring> set = Optional.empty();

	/**
	 * Without a task.
	 * @param time the monotonic clock
	 * @param bell calls when it is time
	 */
	Alarms(TimeSource time, Bell bell) {
		this.time = time;
		this.bell = bell;
	}

	/**
	 * Runs a task later, where the bell rings.
	 * @param delayNanos when, from now; at once when not positive
	 * @param task what to run
	 * @return cancels the task
	 */
	Scheduler.Timer in(long delayNanos, Runnable task) {
		this.lock.lock();
		try {
			long now = this.time.nanoTime();
			Due due = new Due(now + Math.max(0, Math.min(delayNanos, Long.MAX_VALUE / 2)), this.sequence++);
			setFor(due, now);
			this.tasks.put(due, task);
			return () -> cancel(due);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void cancel(Due due) {
		this.lock.lock();
		try {
			this.tasks.remove(due);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void setFor(Due due, long now) {
		if (this.set.filter((ring) -> ring.due().compareTo(due) <= 0).isEmpty()) {
			this.set.ifPresent((ring) -> ring.timer().cancel());
			this.set = Optional.empty();
			this.set = Optional.of(new Ring(due, this.bell.in(due.nanos() - now, this::ring)));
		}
	}

	private void ring() {
		try {
			for (Optional<Runnable> task = takeDue(); task.isPresent(); task = takeDue()) {
				task.get().run();
			}
		}
		finally {
			setForNext();
		}
	}

	/** The next task whose time has come. */
	private Optional<Runnable> takeDue() {
		this.lock.lock();
		try {
			long now = this.time.nanoTime();
			Map.Entry<Due, Runnable> first = this.tasks.firstEntry();
			if (first != null && first.getKey().nanos() - now <= 0) {
				this.tasks.pollFirstEntry();
				return Optional.of(first.getValue());
			}
			return Optional.empty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The bell has rung, or rings for what was cancelled. */
	private void setForNext() {
		this.lock.lock();
		try {
			this.set.ifPresent((ring) -> ring.timer().cancel());
			this.set = Optional.empty();
			if (!this.tasks.isEmpty()) {
				setFor(this.tasks.firstKey(), this.time.nanoTime());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Calls once, after a while.
	 */
	@FunctionalInterface
	interface Bell {

		/**
		 * Sets the bell.
		 * @param delayNanos when it rings
		 * @param ring what it calls
		 * @return keeps it from ringing
		 */
		Scheduler.Timer in(long delayNanos, Runnable ring);

	}

	/**
	 * When a task runs.
	 *
	 * @param nanos by the monotonic clock, which may overflow
	 * @param sequence its place among those of the same time
	 */
	private record Due(long nanos, long sequence) implements Comparable<Due> {

		@Override
		public int compareTo(Due other) {
			return Long.signum(this.nanos - other.nanos);
		}

	}

	/**
	 * What the bell is set for.
	 *
	 * @param due the earliest task, when it was set
	 * @param timer keeps it from ringing
	 */
	private record Ring(Due due, Scheduler.Timer timer) {

	}

}
