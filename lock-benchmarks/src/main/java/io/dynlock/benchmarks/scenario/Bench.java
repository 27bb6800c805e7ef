package io.dynlock.benchmarks.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.LockTables;
import io.dynlock.benchmarks.driver.Peer;

/**
 * With what is measured.
 */
public final class Bench {

	private final URI endpoint;

	private final boolean quick;

	private final List<Peer> peers;

	private final AtomicInteger tables = new AtomicInteger();

	/**
	 * A place to measure.
	 * @param endpoint of a DynamoDB
	 * @param quick whether figures need not be good
	 * @param peers what to measure
	 */
	public Bench(URI endpoint, boolean quick, List<Peer> peers) {
		this.endpoint = endpoint;
		this.quick = quick;
		this.peers = List.copyOf(peers);
	}

	URI endpoint() {
		return this.endpoint;
	}

	boolean isQuick() {
		return this.quick;
	}

	/** What to measure, without what only explains figures. */
	List<Peer> contenders() {
		return this.peers.stream().filter(Peer.contenders()::contains).toList();
	}

	/** What to measure. */
	List<Peer> peers() {
		return this.peers;
	}

	int choose(int full, int quick) {
		return this.quick ? quick : full;
	}

	Duration choose(Duration full, Duration quick) {
		return this.quick ? quick : full;
	}

	/** A new table for one peer. */
	String newTable(Peer peer) {
		String table = peer.id() + "-" + this.tables.incrementAndGet();
		LockTables.create(Clients.of(this.endpoint), peer, table);
		return table;
	}

	/** Says what is going on. */
	static void say(String text) {
		System.err.println(text);
	}

}
