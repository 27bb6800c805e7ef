package io.dynlock.benchmarks.scenario;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.testing.Message;

/**
 * Locks and releases many keys once, and looks at what stays in memory.
 */
final class Sweep {

	private static final int THREADS = 8;

	private final LockDriver driver;

	private final int count;

	Sweep(LockDriver driver, int count) {
		this.driver = driver;
		this.count = count;
	}

	Message run() throws InterruptedException {
		sweep("warm-up-", Math.min(this.count, 5000));
		// timers of requests, and threads that are idle
		Thread.sleep(6000);
		long before = Jvm.liveHeap();
		sweep("key-", this.count);
		Thread.sleep(6000);
		return new Message("result").with("grown", Jvm.liveHeap() - before);
	}

	private void sweep(String prefix, int number) throws InterruptedException {
		AtomicInteger next = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		for (int i = 0; i < THREADS; i++) {
			executor.execute(() -> {
				try {
					for (int index = next.getAndIncrement(); index < number; index = next.getAndIncrement()) {
						this.driver.acquire(prefix + index).release();
					}
				}
				catch (RuntimeException | InterruptedException ex) {
					Bench.say("A thread gave up: " + ex);
				}
			});
		}
		executor.shutdown();
		executor.awaitTermination(1, TimeUnit.HOURS);
	}

}
