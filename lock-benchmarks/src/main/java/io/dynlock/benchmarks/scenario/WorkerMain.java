package io.dynlock.benchmarks.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.driver.Lateness;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.benchmarks.driver.Meter;
import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.driver.WriteClock;
import io.dynlock.testing.Message;

/**
 * A process with clients, for scenarios that need several of them or a fresh heap. Does
 * what it is told, a line at a time, and ends when its standard input does.
 */
public final class WorkerMain {

	private static final int WARM_UP = 200;

	private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

	private final Set<Peer> warm = EnumSet.noneOf(Peer.class);

	private WorkerMain() {
	}

	/**
	 * Runs the worker.
	 * @param args none
	 * @throws IOException if the standard input cannot be read
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		new WorkerMain().run();
		// whatever threads a library has left
		System.exit(0);
	}

	private void run() throws IOException, InterruptedException {
		for (Optional<Message> order = receive(); order.isPresent(); order = receive()) {
			switch (order.get().word()) {
				case "load" -> load(order.get());
				case "hold" -> hold(order.get());
				case "fleet" -> fleet(order.get());
				case "sweep" -> sweep(order.get());
				default -> throw new IllegalArgumentException("Not an order: " + order.get());
			}
		}
	}

	private Optional<Message> receive() throws IOException {
		return Optional.ofNullable(this.input.readLine()).map(Message::parse);
	}

	private static void send(Message message) {
		synchronized (System.out) {
			System.out.println(message);
		}
	}

	private void load(Message order) throws IOException, InterruptedException {
		Meter meter = new Meter();
		try (LockDriver driver = peer(order).open(Clients.of(endpoint(order), meter), settings(order))) {
			// opens connections, looks at the table, and has the code compiled
			int cycles = this.warm.add(peer(order)) ? WARM_UP : 1;
			for (int i = 0; i < cycles; i++) {
				driver.acquire("own-" + ProcessHandle.current().pid()).release();
			}
			send(new Message("ready"));
			if (receive().isPresent()) {
				send(new LoadRunner(driver, meter, "wanted", Load.from(order)).run().toMessage());
			}
		}
	}

	private void hold(Message order) throws IOException, InterruptedException {
		WriteClock clock = new WriteClock(peer(order).hashKey(),
				(key, time) -> send(new Message("written").with("key", key).with("time", time)));
		DriverSettings settings = settings(order).withLease(Duration.parse(order.text("lease")));
		try (LockDriver driver = peer(order).open(Clients.of(endpoint(order), clock), settings)) {
			for (String key : order.text("keys").split(",", -1)) {
				driver.acquire(key);
			}
			send(new Message("held"));
			receive();
		}
	}

	private static void fleet(Message order) throws InterruptedException {
		Clients clients = Clients.of(endpoint(order), new Lateness(Duration.parse(order.text("late"))));
		DriverSettings settings = settings(order).withLease(Duration.parse(order.text("lease")));
		try (LockDriver driver = peer(order).open(clients, settings)) {
			send(new Fleet(driver, (int) order.number("count"), settings.lease(),
					Duration.parse(order.text("duration")))
				.run());
		}
	}

	private static void sweep(Message order) throws InterruptedException {
		try (LockDriver driver = peer(order).open(Clients.of(endpoint(order)), settings(order))) {
			send(new Sweep(driver, (int) order.number("count")).run());
		}
	}

	private static Peer peer(Message order) {
		return Peer.of(order.text("driver"));
	}

	private static URI endpoint(Message order) {
		return URI.create(order.text("endpoint"));
	}

	private static DriverSettings settings(Message order) {
		return DriverSettings.on(order.text("table"));
	}

}
