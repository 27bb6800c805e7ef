package io.dynlock.torture.worker;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dynlock.LockException;
import io.dynlock.testing.Message;
import io.dynlock.torture.resource.Ledger;

/**
 * A thread that takes one lock after the other, until it is told to finish.
 */
final class LockUser implements Runnable {

	private static final int PAUSE_MILLIS = 30;

	private final String name;

	private final int keys;

	private final Duration lease;

	private final List<Way> ways;

	private final Ledger ledger;

	private final Reporter reporter;

	private final AtomicBoolean finish;

	private final SplittableRandom random;

	LockUser(String name, int keys, Duration lease, List<Way> ways, Ledger ledger, Reporter reporter,
			AtomicBoolean finish, SplittableRandom random) {
		this.name = name;
		this.keys = keys;
		this.lease = lease;
		this.ways = ways;
		this.ledger = ledger;
		this.reporter = reporter;
		this.finish = finish;
		this.random = random;
	}

	@Override
	public void run() {
		try {
			for (int cycle = 0; !this.finish.get(); cycle++) {
				cycle(this.name + "-" + cycle, "key-" + this.random.nextInt(this.keys));
				Thread.sleep(this.random.nextInt(PAUSE_MILLIS));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			this.reporter
				.say(new Message("failed").with("what", this.name + ": " + ex.toString().replaceAll("\\s", " ")));
		}
	}

	private void cycle(String id, String key) {
		Way way = this.ways.get(this.random.nextInt(this.ways.size()));
		if (way.isWaiting()) {
			this.reporter.say(new Message("waiting").with("section", id).with("key", key));
		}
		try {
			way.go(key, new GuardedSection(id, key, Work.of(this.lease, this.random), this.ledger, this.reporter));
		}
		catch (LockException ex) {
			// the lock was not to be had, or was lost: the contract names both
		}
		finally {
			this.reporter.say("waited", id);
		}
	}

}
