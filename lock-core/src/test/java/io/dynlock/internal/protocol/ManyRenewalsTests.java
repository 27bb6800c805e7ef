package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

import io.dynlock.internal.time.Reading;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leases that are renewed by one background thread, which takes a while for each request.
 */
class ManyRenewalsTests {

	private static final Duration REQUEST = Duration.ofMillis(20);

	private final SimulatedTime world = new SimulatedTime(1_000_000);

	private final SimulatedProcess process = this.world.process("process");

	private final OneThread thread = new OneThread(this.process);

	private final List<Long> renewed = new ArrayList<>();

	private final List<String> sent = new ArrayList<>();

	private final LeaseKeeper keeper;

	private int ids;

	ManyRenewalsTests() {
		AsyncLockTable background = (request, patienceNanos, handler) -> this.thread.execute(patienceNanos, () -> {
			this.renewed.add(this.world.nanos());
			this.sent.add(request.key().value());
			handler.answered(new Answer.Written(0), this.process.now());
		});
		this.keeper = new LeaseKeeper((request) -> new Answer.Written(0), background, this.thread, this.process,
				new Random(7), Runnable::run, new Leftovers(background, this.thread, this.process, new Random(7)),
				(lease) -> {
				});
	}

	@Test
	void leasesAcquiredInABurstAreNotRenewedInOne() {
		this.thread.takes(Duration.ZERO);
		for (int i = 0; i < 200; i++) {
			hold("key-" + i, Duration.ofSeconds(18));
		}
		this.world.advance(Duration.ofSeconds(6));
		assertThat(this.renewed).hasSize(200);
		long first = this.renewed.get(0);
		long last = this.renewed.get(199);
		assertThat(Duration.ofNanos(first)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
		assertThat(Duration.ofNanos(last - first)).isGreaterThan(Duration.ofMillis(900));
		for (int tenth = 0; tenth < 10; tenth++) {
			long from = Duration.ofMillis(5000 + 100 * tenth).toNanos();
			long to = Duration.ofMillis(5100 + 100 * tenth).toNanos();
			assertThat(this.renewed.stream().filter((at) -> at >= from && at < to).count()).isBetween(5L, 40L);
		}
	}

	@Test
	void leasesThatEndSoonAreRenewedBeforeOthersThatWaitLonger() {
		for (int i = 0; i < 400; i++) {
			hold("long-" + i, Duration.ofSeconds(60));
		}
		// all of them are due when the short one is
		this.world.advance(Duration.ofSeconds(16));
		HeldLease shortLease = hold("short", Duration.ofSeconds(9));
		this.world.advance(Duration.ofSeconds(30));
		assertThat(this.keeper.isValid(shortLease)).isTrue();
		assertThat(this.sent.indexOf("short")).isLessThan(250);
		assertThat(this.keeper.size()).isEqualTo(401);
	}

	private HeldLease hold(String name, Duration duration) {
		LockKey key = new LockKey(name);
		Reading now = this.process.now();
		Terms terms = new Terms("owner", Holding.RENEWED, duration.toMillis(), Optional.empty(), 0, 0, 1, 1);
		return this.keeper
			.hold(new Grant(key, "id-" + ++this.ids, 1, Holding.RENEWED, duration.toMillis(),
					new Validity(now, duration.toNanos())), new Place(key, terms))
			.orElseThrow();
	}

	/** A scheduler with one thread for requests. */
	private static final class OneThread implements Scheduler {

		private final SimulatedProcess process;

		private final PriorityQueue<Task> waiting = new PriorityQueue<>();

		private Duration request = REQUEST;

		private long sequence;

		private boolean busy;

		OneThread(SimulatedProcess process) {
			this.process = process;
		}

		void takes(Duration request) {
			this.request = request;
		}

		@Override
		public Timer schedule(long delayNanos, Runnable task) {
			return this.process.schedule(delayNanos, task);
		}

		@Override
		public void execute(long patienceNanos, Runnable task) {
			this.waiting.add(new Task(this.process.world().nanos() + patienceNanos, this.sequence++, task));
			next();
		}

		private void next() {
			if (!this.busy && !this.waiting.isEmpty()) {
				this.busy = true;
				Task task = this.waiting.remove();
				this.process.schedule(this.request.toNanos(), () -> {
					task.task().run();
					this.busy = false;
					next();
				});
			}
		}

		@Override
		public void shutdown(Duration limit) {
			this.process.shutdown(limit);
		}

		private record Task(long due, long sequence, Runnable task) implements Comparable<Task> {

			@Override
			public int compareTo(Task other) {
				int order = Long.compare(this.due, other.due);
				return (order != 0) ? order : Long.compare(this.sequence, other.sequence);
			}

		}

	}

}
