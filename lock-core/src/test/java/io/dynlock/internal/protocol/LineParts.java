package io.dynlock.internal.protocol;

import java.time.Duration;

import io.dynlock.internal.time.Scheduler;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.TableConnection;
import io.dynlock.simulation.Wish;

/**
 * The parts of a client that a line for one lock needs, where a test wants them apart.
 */
final class LineParts {

	static final LockKey KEY = new LockKey("key");

	final SimulatedTime world = new SimulatedTime();

	final SimulatedProcess process = this.world.process("a");

	final ModelTable model = ModelTable.retaining();

	final TableConnection table = this.model.connect(this.process);

	final LocalQueue queue = new LocalQueue();

	final Leftovers leftovers = new Leftovers(this::send, this.process, this.process, () -> 0);

	final LeaseKeeper leases = keeper(this.process);

	final Tenures tenures = new Tenures(this.queue, this.leases, new HandOff(1000, Duration.ofSeconds(4).toNanos()),
			this.process);

	/** A keeper whose timers are those of a scheduler. */
	LeaseKeeper keeper(Scheduler scheduler) {
		return new LeaseKeeper(this.table, this::send, scheduler, this.process, () -> 0, Runnable::run, this.leftovers,
				(lease) -> {
				});
	}

	private void send(Request request, long patienceNanos, AsyncLockTable.Handler handler) {
		handler.answered(this.table.send(request), this.process.now());
	}

	/** Gets in line. */
	Place inLine() {
		Place place = new Place(KEY, Wish.patient().terms("a"));
		this.queue.join(place, true);
		return place;
	}

}
