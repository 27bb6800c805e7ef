package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockOptions;
import io.dynlock.internal.protocol.HandOff;
import io.dynlock.internal.protocol.Holding;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LeaseListener;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockTable;
import io.dynlock.internal.protocol.Outcome;
import io.dynlock.internal.protocol.Tenure;
import io.dynlock.internal.protocol.Terms;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.TableConnection;

/**
 * Processes that all want one lock all the time, under simulated time. Each has a client,
 * ids and randomness of its own, and waits by the defaults, but without limit. As their
 * clocks all run alike, one simulated process lends them its clock and its timers.
 */
final class Crowd {

	private static final LockKey KEY = new LockKey("wanted-by-all");

	private final SimulatedTime world = new SimulatedTime(Long.MAX_VALUE);

	private final SimulatedProcess host = this.world.process("host");

	private final ModelTable table = ModelTable.retaining();

	private final Duration hold;

	private final List<Member> members = new ArrayList<>();

	private CrowdLog log = new CrowdLog(0);

	private boolean held;

	private Optional<Long> freeSince = Optional.empty();

	private Optional<Throwable> failure = Optional.empty();

	/**
	 * A crowd in which nobody waits yet.
	 * @param size how many processes
	 * @param hold how long each holds the lock
	 * @param seed of all randomness
	 */
	Crowd(int size, Duration hold, long seed) {
		this.hold = hold;
		Random seeds = new Random(seed);
		for (int i = 0; i < size; i++) {
			this.members.add(new Member("process-" + i, new Random(seeds.nextLong())));
		}
	}

	/**
	 * Has all come within 50 ms of each other, and measures when they have settled.
	 * @param settle how long that takes
	 * @param measured how long to measure then
	 */
	CrowdResult run(Duration settle, Duration measured) {
		this.members.forEach(Member::pause);
		this.world.advance(settle);
		CrowdLog first = this.log;
		this.log = new CrowdLog(this.world.nanos());
		this.members.forEach((member) -> member.cycles = 0);
		this.world.advance(measured);
		this.failure.ifPresent((failed) -> {
			throw new IllegalStateException("A process gave up", failed);
		});
		return new CrowdResult(measured, this.log, first.mostReadsInSecond(),
				this.members.stream().map((member) -> member.cycles).toList(),
				this.members.stream().mapToLong(Member::waitingNanos).max().orElse(0));
	}

	/** A process. */
	private final class Member {

		private final Random random;

		private final Terms terms;

		private final LockClient client;

		private long waitingSince;

		private boolean waiting;

		private long cycles;

		private int ids;

		Member(String name, Random random) {
			this.random = random;
			this.terms = new Terms(name, Holding.RENEWED, LockOptions.DEFAULT_LEASE_DURATION.toMillis(),
					Optional.empty(), Terms.FOREVER, Terms.UNLIMITED,
					LockOptions.DEFAULT_SLEEP_BETWEEN_RETRIES.toNanos(),
					LockOptions.DEFAULT_MAX_SLEEP_BETWEEN_RETRIES.toNanos());
			this.client = new LockClient(logged(Crowd.this.table.connect(Crowd.this.host)), Crowd.this.host,
					new Distance(Crowd.this.host, random), Crowd.this.host, random, () -> name + "-" + ++this.ids,
					(task) -> Crowd.this.host.execute(0, task),
					new HandOff(DistributedLockTemplate.DEFAULT_HAND_OFF_MAX_COUNT,
							DistributedLockTemplate.DEFAULT_HAND_OFF_MAX_DURATION.toNanos()));
		}

		private LockTable logged(TableConnection connection) {
			return (request) -> {
				Crowd.this.log.request(request, Crowd.this.world.nanos());
				// which would keep every request
				connection.clearRequests();
				return connection.send(request);
			};
		}

		void pause() {
			later(25 + this.random.nextDouble() * 50, this::acquire);
		}

		private void acquire() {
			this.waitingSince = Crowd.this.world.nanos();
			this.waiting = true;
			this.client.acquireAsync(KEY, this.terms, (outcome, nanos) -> {
			}).thenAccept(this::acquired).exceptionally((failure) -> {
				Crowd.this.failure = Optional.of(failure);
				return null;
			});
		}

		private void acquired(Outcome outcome) {
			if (!(outcome instanceof Outcome.Held held)) {
				throw new IllegalStateException("Waits without limit, and got " + outcome);
			}
			if (Crowd.this.held) {
				throw new IllegalStateException("Two hold the lock, the second with " + outcome);
			}
			Crowd.this.held = true;
			long now = Crowd.this.world.nanos();
			this.waiting = false;
			this.cycles++;
			Crowd.this.log.waited(now - this.waitingSince);
			Crowd.this.freeSince.ifPresent((since) -> Crowd.this.log.handedOff(now - since));
			Crowd.this.freeSince = Optional.empty();
			this.client.begin(held.tenure(), LeaseListener.NONE);
			later(Crowd.this.hold.toMillis() + Distance.millis(this.random), () -> release(held.tenure()));
		}

		private void release(Tenure tenure) {
			LeaseKeeper.ReleaseResult result = this.client.end(tenure);
			if (!result.equals(LeaseKeeper.ReleaseResult.RELEASED)) {
				throw new IllegalStateException("Held the lock, and its release came to " + result);
			}
			Crowd.this.held = false;
			Crowd.this.freeSince = Optional.of(Crowd.this.world.nanos());
			pause();
		}

		private void later(double millis, Runnable task) {
			Crowd.this.host.schedule((long) (millis * 1e6), task);
		}

		/** For how long it has been waiting. */
		long waitingNanos() {
			return this.waiting ? Crowd.this.world.nanos() - this.waitingSince : 0;
		}

	}

}
