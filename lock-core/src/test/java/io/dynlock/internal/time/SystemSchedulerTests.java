package io.dynlock.internal.time;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
		assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
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
		assertThat(all.await(5, TimeUnit.SECONDS)).isTrue();
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
		assertThat(all.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(ran).isSorted();
		this.scheduler.shutdown(Duration.ofSeconds(5));
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
