package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.dynlock.benchmarks.driver.Counts;
import io.dynlock.benchmarks.driver.Held;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.benchmarks.driver.Meter;

/**
 * Puts a load on one lock.
 */
final class LoadRunner {

	private final LockDriver driver;

	private final Meter meter;

	private final String key;

	private final Load load;

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicLong overlaps = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	LoadRunner(LockDriver driver, Meter meter, String key, Load load) {
		this.driver = driver;
		this.meter = meter;
		this.key = key;
		this.load = load;
	}

	LoadResult run() throws InterruptedException {
		long start = System.nanoTime() + this.load.warmUp().toNanos();
		long end = start + this.load.measured().toNanos();
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < this.load.threads(); i++) {
			Client client = new Client(start, end);
			client.setDaemon(true);
			client.start();
			clients.add(client);
		}
		sleepUntil(start);
		Counts before = this.meter.counts();
		sleepUntil(end);
		Counts counts = this.meter.counts().since(before);
		Samples waits = new Samples();
		List<Long> cycles = new ArrayList<>();
		for (Client client : clients) {
			client.join();
			cycles.add(client.cycles);
			waits.addAll(client.waits);
		}
		return new LoadResult(cycles, waits.toList(), counts, (end - start) / 1e9, this.overlaps.get(),
				this.failures.get());
	}

	private static void sleepUntil(long nanoTime) throws InterruptedException {
		Thread.sleep(Math.max(0, (nanoTime - System.nanoTime()) / 1_000_000));
	}

	/** One thread. */
	private final class Client extends Thread {

		private final long start;

		private final long end;

		private final Samples waits = new Samples();

		private long cycles;

		Client(long start, long end) {
			this.start = start;
			this.end = end;
		}

		@Override
		public void run() {
			try {
				while (System.nanoTime() - this.end < 0) {
					cycle();
					pause(LoadRunner.this.load.pauseFrom(), LoadRunner.this.load.pauseTo());
				}
			}
			catch (RuntimeException | InterruptedException ex) {
				Bench.say("A thread gave up: " + ex);
				LoadRunner.this.failures.incrementAndGet();
			}
		}

		private void cycle() throws InterruptedException {
			long asked = System.nanoTime();
			Held held = LoadRunner.this.driver.acquire(LoadRunner.this.key);
			long got = System.nanoTime();
			if (LoadRunner.this.inside.incrementAndGet() != 1) {
				LoadRunner.this.overlaps.incrementAndGet();
			}
			pause(LoadRunner.this.load.inside(), LoadRunner.this.load.inside());
			LoadRunner.this.inside.decrementAndGet();
			held.release();
			long done = System.nanoTime();
			if (done - this.start >= 0 && done - this.end < 0) {
				this.cycles++;
			}
			if (got - this.start >= 0) {
				this.waits.add(got - asked);
			}
		}

		private static void pause(Duration from, Duration to) throws InterruptedException {
			long millis = ThreadLocalRandom.current().nextLong(from.toMillis(), to.toMillis() + 1);
			if (millis > 0) {
				Thread.sleep(millis);
			}
		}

	}

}
