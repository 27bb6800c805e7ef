package io.dynlock.internal.time;

import java.time.Duration;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One timer thread and a few threads for requests, all daemons, started when first needed
 * and ended when idle. The timer never blocks, so that no slow request delays it; what
 * waits for a thread is done in the order of its urgency.
 */
public final class SystemScheduler implements Scheduler {

	private static final Logger logger = LoggerFactory.getLogger(SystemScheduler.class);

	private static final long IDLE_SECONDS = 30;

	private static final long MAX_PATIENCE_NANOS = TimeUnit.HOURS.toNanos(1);

	private final ScheduledThreadPoolExecutor timer;

	private final TimeSource time;

	private final Alarms alarms;

	private final ThreadPoolExecutor workers;

	private final AtomicLong works = new AtomicLong();

	/**
	 * Creates a scheduler.
	 * @param threads how many requests may run at the same time; at least 1
	 */
	public SystemScheduler(int threads) {
		this(threads, TimeSource.system());
	}

	SystemScheduler(int threads, TimeSource time) {
		this.time = time;
		this.alarms = new Alarms(time, this::wakeIn);
		this.timer = new ScheduledThreadPoolExecutor(1, daemons("dynlock-timer-"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		this.workers = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
				new PriorityBlockingQueue<>(), daemons("dynlock-worker-"));
		this.workers.allowCoreThreadTimeOut(true);
	}

	@Override
	public Timer schedule(long delayNanos, Runnable task) {
		return this.alarms.in(delayNanos, guarded(task));
	}

	private Timer wakeIn(long delayNanos, Runnable ring) {
		try {
			ScheduledFuture<?> future = this.timer.schedule(ring, delayNanos, TimeUnit.NANOSECONDS);
			return () -> future.cancel(false);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Timer dropped: the scheduler is shut down", ex);
			return () -> {
			};
		}
	}

	@Override
	public void execute(long patienceNanos, Runnable task) {
		long due = this.time.nanoTime() + Math.max(0, Math.min(patienceNanos, MAX_PATIENCE_NANOS));
		try {
			this.workers.execute(new Work(due, this.works.getAndIncrement(), guarded(task)));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Task run by its caller: the scheduler is shut down", ex);
			guarded(task).run();
		}
		catch (OutOfMemoryError ex) {
			logger.error("Task run by its caller: no thread could be started", ex);
			guarded(task).run();
		}
	}

	@Override
	public void shutdown(Duration limit) {
		this.timer.shutdownNow();
		this.workers.shutdown();
		try {
			if (!this.workers.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
				this.workers.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			this.workers.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				logger.error("A background task of dynlock failed; the others go on", ex);
			}
		};
	}

	private static ThreadFactory daemons(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * A task that waits for a thread.
	 *
	 * @param dueNanos when its patience ends, by the monotonic clock
	 * @param sequence its place among those of the same time
	 * @param task what to run
	 */
	private record Work(long dueNanos, long sequence, Runnable task) implements Runnable, Comparable<Work> {

		@Override
		public void run() {
			this.task.run();
		}

		@Override
		public int compareTo(Work other) {
			int order = Long.signum(this.dueNanos - other.dueNanos);
			return (order != 0) ? order : Long.compare(this.sequence, other.sequence);
		}

	}

}
