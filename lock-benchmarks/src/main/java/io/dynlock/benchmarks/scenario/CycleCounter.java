package io.dynlock.benchmarks.scenario;

import java.net.URI;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.Counts;
import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.benchmarks.driver.Meter;
import io.dynlock.benchmarks.driver.Peer;

/**
 * Counts the requests of cycles without contention, apart from those with which a client
 * begins.
 */
public final class CycleCounter {

	private CycleCounter() {
	}

	/**
	 * Acquires and releases a lock several times.
	 * @param endpoint of a DynamoDB
	 * @param peer what to count
	 * @param table its table
	 * @param cycles how often
	 * @return what all cycles together requested
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static Counts count(URI endpoint, Peer peer, String table, int cycles) throws InterruptedException {
		Meter meter = new Meter();
		try (LockDriver driver = peer.open(Clients.of(endpoint, meter), DriverSettings.on(table))) {
			driver.acquire("counted").release();
			Counts before = meter.counts();
			for (int i = 0; i < cycles; i++) {
				driver.acquire("counted").release();
			}
			return meter.counts().since(before);
		}
	}

}
