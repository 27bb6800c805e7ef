package io.dynlock.torture.strike;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Strike;

/**
 * Strikes, at processes and at connections at the same time, so that at most two workers
 * are struck at once, but for the times when the table is out of everybody's reach.
 */
public final class Striker {

	/** Frozen more often than killed: only who thaws can write too late. */
	private static final List<FaultKind> AT_PROCESSES = List.of(FaultKind.FROZEN, FaultKind.FROZEN, FaultKind.KILLED);

	private static final List<FaultKind> AT_CONNECTIONS = List.of(FaultKind.DELAYED, FaultKind.ANSWER_DROPPED,
			FaultKind.RESET, FaultKind.SERVER_ERROR, FaultKind.THROTTLED, FaultKind.CUT_SHORT, FaultKind.CUT_LONG,
			FaultKind.BLACKOUT);

	private final List<? extends Target> targets;

	private final Duration lease;

	private final Random random;

	private final Set<Integer> struck = new HashSet<>();

	private final List<Strike> strikes = new CopyOnWriteArrayList<>();

	/**
	 * A striker.
	 * @param targets the workers
	 * @param lease how long leases last
	 * @param seed determines what is struck, how and when
	 */
	public Striker(List<? extends Target> targets, Duration lease, long seed) {
		this.targets = targets;
		this.lease = lease;
		this.random = new Random(seed);
	}

	/**
	 * Strikes for some time.
	 * @param duration when all is over
	 * @return what was struck
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public List<Strike> run(Duration duration) throws InterruptedException {
		long deadline = System.nanoTime() + duration.toNanos();
		List<Lane> lanes = List.of(lane("processes", AT_PROCESSES, deadline),
				lane("connections", AT_CONNECTIONS, deadline));
		lanes.forEach(Thread::start);
		for (Lane lane : lanes) {
			lane.join();
		}
		for (Lane lane : lanes) {
			lane.check();
		}
		return List.copyOf(this.strikes);
	}

	private Lane lane(String name, List<FaultKind> kinds, long deadline) {
		Plan plan = new Plan(kinds, this.targets.size(), this.lease, new Random(this.random.nextLong()));
		return new Lane(name, plan, deadline);
	}

	private void strike(PlannedStrike planned) throws IOException, InterruptedException {
		if (planned.kind() == FaultKind.BLACKOUT) {
			blackout(planned);
			return;
		}
		int worker = claim(planned.worker());
		long from = System.nanoTime();
		try {
			strike(this.targets.get(worker), planned);
		}
		finally {
			this.strikes.add(new Strike(planned.kind(), worker, new Interval(from, System.nanoTime())));
			free(worker);
		}
	}

	private static void strike(Target target, PlannedStrike planned) throws IOException, InterruptedException {
		switch (planned.kind()) {
			case KILLED -> target.killAndRestart();
			case FROZEN -> target.freeze(planned.length());
			default -> {
				target.begin(planned.kind());
				try {
					Thread.sleep(planned.length().toMillis());
					target.awaitBefallen();
				}
				finally {
					target.end();
				}
			}
		}
	}

	private void blackout(PlannedStrike planned) throws InterruptedException {
		long from = System.nanoTime();
		this.targets.forEach((target) -> target.begin(FaultKind.BLACKOUT));
		Thread.sleep(planned.length().toMillis());
		this.targets.forEach(Target::end);
		Interval time = new Interval(from, System.nanoTime());
		for (int worker = 0; worker < this.targets.size(); worker++) {
			this.strikes.add(new Strike(FaultKind.BLACKOUT, worker, time));
		}
	}

	private synchronized int claim(int wanted) {
		int worker = wanted;
		while (!this.struck.add(worker)) {
			worker = (worker + 1) % this.targets.size();
		}
		return worker;
	}

	private synchronized void free(int worker) {
		this.struck.remove(worker);
	}

	/** One strike after the other. */
	private final class Lane extends Thread {

		private final Plan plan;

		private final long deadline;

		private volatile String failure = "";

		Lane(String name, Plan plan, long deadline) {
			super(name);
			this.plan = plan;
			this.deadline = deadline;
		}

		@Override
		public void run() {
			try {
				PlannedStrike planned = this.plan.next();
				while (endOf(planned) < this.deadline) {
					Thread.sleep(planned.pause().toMillis());
					strike(planned);
					planned = this.plan.next();
				}
			}
			catch (IOException | InterruptedException | RuntimeException ex) {
				this.failure = ex.toString();
			}
		}

		private static long endOf(PlannedStrike planned) {
			return System.nanoTime() + planned.pause().plus(planned.length()).toNanos();
		}

		void check() {
			if (!this.failure.isEmpty()) {
				throw new IllegalStateException("No more strikes at " + getName() + ": " + this.failure);
			}
		}

	}

}
