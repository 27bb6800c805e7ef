package io.dynlock.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.DistributedLockOperations;
import io.dynlock.LockListener;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The annotation beside those of Spring that decide when and where a method runs.
 */
@Timeout(60)
class SchedulingTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
		.withUserConfiguration(Application.class);

	@Test
	void theLockOfAnAsyncMethodIsTakenAndReleasedOnTheWorkersThread() {
		Threads threads = new Threads();
		this.runner.withBean(Threads.class, () -> threads).withBean(AsyncJobs.class).run((context) -> {
			CountDownLatch go = new CountDownLatch(1);
			Future<String> result = context.getBean(AsyncJobs.class).run(go);
			go.countDown();
			assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("async");
			assertThat(threads.asking).startsWith("task-");
			assertThat(context.getBean(DistributedLockOperations.class).status("async").isHeld()).isFalse();
		});
	}

	@Test
	void theLockOfAnAsyncMethodIsHeldWhileItRuns() {
		this.runner.withBean(AsyncJobs.class).run((context) -> {
			DistributedLockOperations locks = context.getBean(DistributedLockOperations.class);
			CountDownLatch started = new CountDownLatch(1);
			CountDownLatch go = new CountDownLatch(1);
			Future<String> result = context.getBean(AsyncJobs.class).run(started, go);
			started.await();
			assertThat(locks.status("async").isHeld()).isTrue();
			go.countDown();
			result.get(30, TimeUnit.SECONDS);
			assertThat(locks.status("async").isHeld()).isFalse();
		});
	}

	@Test
	void aScheduledMethodRunsOnOneInstanceOnly() {
		this.runner.withBean(Schedule.class).run((one) -> this.runner.withBean(Schedule.class).run((other) -> {
			Schedule first = one.getBean(Schedule.class);
			Schedule second = other.getBean(Schedule.class);
			CompletableFuture<Void> tick = CompletableFuture.runAsync(first::tick);
			first.started().await();
			second.tick();
			assertThat(second.runs()).hasValue(0);
			first.go().countDown();
			tick.get(30, TimeUnit.SECONDS);
			assertThat(first.runs()).hasValue(1);
			second.go().countDown();
			second.tick();
			assertThat(second.runs()).hasValue(1);
		}));
	}

	@Test
	void aScheduledMethodThatIsQuickRunsOncePerTickWithMinHold() {
		this.runner.withBean(Schedule.class).run((one) -> this.runner.withBean(Schedule.class).run((other) -> {
			one.getBean(Schedule.class).quick();
			other.getBean(Schedule.class).quick();
			assertThat(one.getBean(Schedule.class).runs()).hasValue(1);
			assertThat(other.getBean(Schedule.class).runs()).hasValue(0);
		}));
	}

	@Test
	void theSchedulerItselfGoesThroughTheLock() {
		this.runner.withBean(Once.class)
			.run((context) -> assertThat(context.getBean(Once.class).key()).succeedsWithin(30, TimeUnit.SECONDS)
				.isEqualTo("once"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableScheduling
	static class Application {

	}

	static class Threads implements LockListener {

		private volatile String asking = "";

		@Override
		public void acquireStarted(String key, String name) {
			this.asking = Thread.currentThread().getName();
		}

	}

	static class AsyncJobs {

		@Async
		@WithDistributedLock(name = "async")
		public Future<String> run(CountDownLatch go) throws InterruptedException {
			go.await();
			return CompletableFuture.completedFuture(LockContext.current().key());
		}

		@Async
		@WithDistributedLock(name = "async")
		public CompletableFuture<String> run(CountDownLatch started, CountDownLatch go) throws InterruptedException {
			started.countDown();
			go.await();
			return CompletableFuture.completedFuture(LockContext.current().key());
		}

	}

	static class Schedule {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private final AtomicInteger runs = new AtomicInteger();

		CountDownLatch started() {
			return this.started;
		}

		CountDownLatch go() {
			return this.go;
		}

		AtomicInteger runs() {
			return this.runs;
		}

		@Scheduled(cron = "-")
		@WithDistributedLock(name = "tick", onBusy = OnBusy.SKIP)
		public void tick() {
			this.runs.incrementAndGet();
			this.started.countDown();
			try {
				this.go.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Scheduled(cron = "-")
		@WithDistributedLock(name = "quick", onBusy = OnBusy.SKIP, minHold = "60s")
		public void quick() {
			this.runs.incrementAndGet();
		}

	}

	static class Once {

		private final CompletableFuture<String> key = new CompletableFuture<>();

		CompletableFuture<String> key() {
			return this.key;
		}

		@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
		@WithDistributedLock(name = "once", onBusy = OnBusy.SKIP)
		public void run() {
			this.key.complete(LockContext.current().key());
		}

	}

}
