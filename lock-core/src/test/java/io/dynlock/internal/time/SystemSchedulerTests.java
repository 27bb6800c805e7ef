package io.dynlock.internal.time;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class SystemSchedulerTests {

	private final SystemScheduler scheduler = new SystemScheduler(1);

	@Test
	void runsWorkOnThreadsOfItsOwn() throws Exception {
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		this.scheduler.execute(0, () -> ran.complete(Thread.currentThread()));
		assertThat(ran.get().getName()).startsWith("dynlock-worker-");
		assertThat(ran.get().isDaemon()).isTrue();
		this.scheduler.shutdown(Duration.ofSeconds(5));
	}

	@Test
	void workThatFailsHarmsNoOtherWork() throws Exception {
		this.scheduler.execute(0, () -> {
			throw new IllegalStateException("A bad task");
		});
		CountDownLatch ran = new CountDownLatch(2);
		this.scheduler.execute(0, ran::countDown);
		this.scheduler.schedule(1, ran::countDown);
		assertThat(ran.await(5, SECONDS)).isTrue();
		this.scheduler.shutdown(Duration.ofSeconds(5));
	}

	@Test
	void afterItsEndWorkRunsInTheThreadThatBringsItAndTimersNotAtAll() {
		this.scheduler.shutdown(Duration.ZERO);
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		this.scheduler.execute(0, () -> ran.complete(Thread.currentThread()));
		assertThat(ran).isCompletedWithValue(Thread.currentThread());
		this.scheduler.schedule(0, () -> {
			throw new AssertionError("It is shut down");
		}).cancel();
	}

	@Test
	void workThatWaitsForAThreadIsDoneInTheOrderOfItsUrgency() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		this.scheduler.execute(0, () -> {
			busy.countDown();
			awaitUninterruptibly(free);
		});
		busy.await();
		List<String> ran = new CopyOnWriteArrayList<>();
		CountDownLatch all = new CountDownLatch(5);
		Map<String, Duration> patience = new LinkedHashMap<>();
		patience.put("late", Duration.ofMinutes(3));
		patience.put("endless", Duration.ofNanos(Long.MAX_VALUE));
		patience.put("early", Duration.ofMinutes(1));
		patience.put("between", Duration.ofMinutes(2));
		patience.put("impatient", Duration.ZERO);
		patience.forEach((name, duration) -> this.scheduler.execute(duration.toNanos(), () -> {
			ran.add(name);
			all.countDown();
		}));
		free.countDown();
		assertThat(all.await(5, SECONDS)).isTrue();
		assertThat(ran).containsExactly("impatient", "early", "between", "late", "endless");
		this.scheduler.shutdown(Duration.ofSeconds(5));
	}

	@Test
	void workOfTheSameUrgencyIsDoneInItsOrder() throws Exception {
		CountDownLatch free = new CountDownLatch(1);
		this.scheduler.execute(0, () -> awaitUninterruptibly(free));
		List<Integer> ran = new CopyOnWriteArrayList<>();
		CountDownLatch all = new CountDownLatch(100);
		for (int i = 0; i < 100; i++) {
			int number = i;
			this.scheduler.execute(1_000_000_000L, () -> {
				ran.add(number);
				all.countDown();
			});
		}
		free.countDown();
		assertThat(all.await(5, SECONDS)).isTrue();
		assertThat(ran).isSorted();
		this.scheduler.shutdown(Duration.ofSeconds(5));
	}

	/** Urgent work that brings more urgent work than one thread can do. */
	@Test
	void whatIsLessUrgentComesBeforeWhatIsBroughtAfterItsPatienceIsOver() throws Exception {
		AtomicLong now = new AtomicLong();
		SystemScheduler overloaded = new SystemScheduler(1, timeOf(now));
		CountDownLatch ran = new CountDownLatch(1);
		AtomicInteger allowed = new AtomicInteger(10_000);
		List<Long> before = new CopyOnWriteArrayList<>();
		Runnable urgent = new Runnable() {
			@Override
			public void run() {
				now.addAndGet(MILLISECONDS.toNanos(20));
				for (int i = 0; i < 2 && allowed.decrementAndGet() > 0; i++) {
					long brought = now.get();
					overloaded.execute(MILLISECONDS.toNanos(30), () -> {
						if (ran.getCount() > 0) {
							before.add(brought);
						}
						run();
					});
				}
			}
		};

		CountDownLatch free = new CountDownLatch(1);
		overloaded.execute(0, () -> awaitUninterruptibly(free));
		overloaded.execute(SECONDS.toNanos(1), ran::countDown);
		overloaded.execute(0, urgent);
		free.countDown();

		assertThat(ran.await(5, SECONDS)).isTrue();
		overloaded.shutdown(Duration.ofSeconds(5));
		assertThat(before).hasSizeGreaterThan(20).allMatch((brought) -> brought < SECONDS.toNanos(1));
	}

	private static TimeSource timeOf(AtomicLong nanos) {
		return new TimeSource() {

			@Override
			public long nanoTime() {
				return nanos.get();
			}

			@Override
			public long wallMillis() {
				return NANOSECONDS.toMillis(nanos.get());
			}

		};
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
