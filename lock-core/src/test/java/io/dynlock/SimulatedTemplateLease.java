package io.dynlock;

import java.time.Duration;
import java.util.List;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.simulation.SimulatedClient;

/**
 * Makes the leases of a template for a {@link SimulatedClient}.
 */
final class SimulatedTemplateLease {

	private SimulatedTemplateLease() {
	}

	/**
	 * Acquires a lock as a template does.
	 * @param client who wants it
	 * @param key the lock
	 * @param options how to hold it
	 * @param events gets the name of every event that a listener is told of
	 */
	static TemplateLease acquire(SimulatedClient client, LockKey key, LockOptions options, List<String> events) {
		return source(client, new Recorder(events)).acquire(key, options);
	}

	/**
	 * What a template acquires its leases from.
	 * @param client who wants them
	 * @param listeners are told of all events
	 */
	static LeaseSource source(SimulatedClient client, LockListener... listeners) {
		LeaseEnvironment environment = new LeaseEnvironment(client.process(),
				(task) -> client.process().execute(0, task), new Listeners(List.of(listeners)),
				new LockExceptions("default", "locks"));
		return new LeaseSource(client.client(), environment, "locks", client.toString());
	}

	private record Recorder(List<String> events) implements LockListener {

		@Override
		public void released(Lease lease, Duration held) {
			this.events.add("released after " + held.toSeconds() + " s");
		}

		@Override
		public void lost(Lease lease, LossReason reason, Duration held) {
			this.events.add("lost after " + held.toSeconds() + " s: " + reason.tag());
		}

		@Override
		public void renewed(Lease lease, boolean success, Duration duration) {
			this.events.add(success ? "renewed" : "not renewed");
		}

	}

}
