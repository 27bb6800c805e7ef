package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.dynlock.benchmarks.driver.Held;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.testing.Message;

/**
 * Holds many leases for a while, and looks at them all the time.
 */
final class Fleet {

	private static final int ACQUIRERS = 16;

	private final LockDriver driver;

	private final int count;

	private final Duration lease;

	private final Duration duration;

	private final AtomicReferenceArray<Held> leases;

	private final Set<Integer> lost = ConcurrentHashMap.newKeySet();

	private final List<Integer> threads = new CopyOnWriteArrayList<>();

	private double leastValid = 1;

	Fleet(LockDriver driver, int count, Duration lease, Duration duration) {
		this.driver = driver;
		this.count = count;
		this.lease = lease;
		this.duration = duration;
		this.leases = new AtomicReferenceArray<>(count);
	}

	Message run() throws InterruptedException {
		acquire("warm-up-", ACQUIRERS * 20, (index, held) -> held.release());
		long heapBefore = Jvm.liveHeap();
		Thread watcher = new Thread(this::watch);
		watcher.setDaemon(true);
		watcher.start();
		long started = System.nanoTime();
		acquire("lease-", this.count, this.leases::set);
		long acquired = System.nanoTime();
		// by then renewals are under way
		long starting = Math.min(this.duration.toMillis() / 2, this.lease.toMillis() / 3 + 2000);
		Thread.sleep(starting);
		this.threads.clear();
		Thread.sleep(this.duration.toMillis() - starting);
		watcher.interrupt();
		watcher.join();
		long heap = Jvm.liveHeap() - heapBefore;
		return new Message("result").with("lost", this.lost.size())
			.with("leastValid", this.leastValid)
			.with("threadsFrom", this.threads.stream().mapToInt(Integer::intValue).min().orElse(0))
			.with("threadsTo", this.threads.stream().mapToInt(Integer::intValue).max().orElse(0))
			.with("acquiring", (acquired - started) / 1e9)
			.with("heapPerLease", (double) heap / this.count);
	}

	private void acquire(String prefix, int number, Acquired acquired) throws InterruptedException {
		AtomicInteger next = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(ACQUIRERS);
		for (int i = 0; i < ACQUIRERS; i++) {
			executor.execute(() -> {
				for (int index = next.getAndIncrement(); index < number; index = next.getAndIncrement()) {
					try {
						acquired.accept(index, this.driver.acquire(prefix + index));
					}
					catch (RuntimeException | InterruptedException ex) {
						Bench.say("Not acquired: " + ex);
						this.lost.add(index);
					}
				}
			});
		}
		executor.shutdown();
		executor.awaitTermination(1, TimeUnit.HOURS);
	}

	private void watch() {
		try {
			while (true) {
				for (int index = 0; index < this.count; index++) {
					Optional<Duration> remaining = Optional.ofNullable(this.leases.get(index)).flatMap(Held::remaining);
					if (remaining.isPresent()) {
						saw(index, (double) remaining.get().toMillis() / this.lease.toMillis());
					}
				}
				this.threads.add(Jvm.threadCount());
				Thread.sleep(200);
			}
		}
		catch (InterruptedException ex) {
			// that was all
		}
	}

	private void saw(int index, double valid) {
		if (valid <= 0) {
			this.lost.add(index);
		}
		this.leastValid = Math.min(this.leastValid, valid);
	}

	/** Takes what was acquired. */
	private interface Acquired {

		void accept(int index, Held held);

	}

}
