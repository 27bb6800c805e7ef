package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;

/**
 * Kills a process that holds two locks. Of this process, one thread waits for the one,
 * and another tries the other once a second.
 */
final class Takeover {

	private static final String WAITED = "waited";

	private static final String TRIED = "tried";

	private final Bench bench;

	private final Peer peer;

	private final DriverSettings settings;

	Takeover(Bench bench, Peer peer, Duration lease, boolean steady) {
		this.bench = bench;
		this.peer = peer;
		DriverSettings growing = DriverSettings.on(bench.newTable(peer)).withLease(lease);
		this.settings = steady ? growing.withSteadyPause() : growing;
	}

	Outcome run(Executor executor) throws InterruptedException {
		try (ChildProcess holder = ChildProcess.start(WorkerMain.class);
				LockDriver driver = this.peer.open(Clients.of(this.bench.endpoint()), this.settings)) {
			holder.send(new Message("hold").with("driver", this.peer.id())
				.with("table", this.settings.table())
				.with("endpoint", this.bench.endpoint())
				.with("lease", this.settings.lease())
				.with("keys", WAITED + "," + TRIED));
			Map<String, Instant> written = new ConcurrentHashMap<>();
			readUntil("held", holder, written);
			CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> readUntil("", holder, written), executor);
			CompletableFuture<Optional<Instant>> waiter = CompletableFuture.supplyAsync(() -> await(driver), executor);
			CompletableFuture<Optional<Instant>> trier = CompletableFuture.supplyAsync(() -> tryOften(driver),
					executor);
			Thread.sleep(ThreadLocalRandom.current().nextLong(2000, 4000));
			holder.kill();
			reader.join();
			return new Outcome(since(written, WAITED, waiter.join()), since(written, TRIED, trier.join()));
		}
	}

	private static void readUntil(String word, ChildProcess holder, Map<String, Instant> written) {
		Optional<Message> message = holder.receive();
		while (message.isPresent() && !message.get().word().equals(word)) {
			written.put(message.get().text("key"), Instant.parse(message.get().text("time")));
			message = holder.receive();
		}
	}

	private static Optional<Instant> await(LockDriver driver) {
		try {
			driver.acquire(WAITED);
			return Optional.of(Instant.now());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	private Optional<Instant> tryOften(LockDriver driver) {
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(1000));
			Instant limit = Instant.now().plus(this.settings.lease().multipliedBy(3));
			while (Instant.now().isBefore(limit)) {
				if (driver.tryAcquire(TRIED).isPresent()) {
					return Optional.of(Instant.now());
				}
				Thread.sleep(1000);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Optional.empty();
	}

	private static double since(Map<String, Instant> written, String key, Optional<Instant> taken) {
		Instant last = written.get(key);
		return (last == null || taken.isEmpty()) ? Double.POSITIVE_INFINITY
				: Duration.between(last, taken.get()).toNanos() / 1e9;
	}

	/**
	 * Seconds from the last renewal until somebody else had the lock; infinity for never.
	 *
	 * @param waited who waited
	 * @param tried who tried once a second
	 */
	record Outcome(double waited, double tried) {

	}

}
