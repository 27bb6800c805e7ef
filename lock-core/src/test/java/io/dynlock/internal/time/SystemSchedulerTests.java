package io.dynlock.internal.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
		this.scheduler.execute(() -> ran.complete(Thread.currentThread()));
		assertThat(ran.get().getName()).startsWith("dynlock-worker-");
		assertThat(ran.get().isDaemon()).isTrue();
		this.scheduler.shutdown(Duration.ofSeconds(5));
	}

	@Test
	void workThatFailsHarmsNoOtherWork() throws Exception {
		this.scheduler.execute(() -> {
			throw new IllegalStateException("A bad task");
		});
		CountDownLatch ran = new CountDownLatch(2);
		this.scheduler.execute(ran::countDown);
		this.scheduler.schedule(1, ran::countDown);
		assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
		this.scheduler.shutdown(Duration.ofSeconds(5));
	}

	@Test
	void afterItsEndWorkRunsInTheThreadThatBringsItAndTimersNotAtAll() {
		this.scheduler.shutdown(Duration.ZERO);
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		this.scheduler.execute(() -> ran.complete(Thread.currentThread()));
		assertThat(ran).isCompletedWithValue(Thread.currentThread());
		this.scheduler.schedule(0, () -> {
			throw new AssertionError("It is shut down");
		}).cancel();
	}

}
