package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.TableConnection;
import io.dynlock.simulation.Wish;
import io.dynlock.testing.Background;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thread that stands in line, with simulated time once it is called.
 */
@Timeout(60)
class LineAcquirerTests {

	private static final LockKey KEY = new LockKey("key");

	private static final AttemptListener NOBODY = (outcome, nanos) -> {
	};

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("a");

	private final TableConnection table = ModelTable.retaining().connect(this.process);

	private final LocalQueue queue = new LocalQueue();

	private final Leftovers leftovers = new Leftovers(this::send, this.process, this.process, () -> 0);

	private final LeaseKeeper leases = new LeaseKeeper(this.table, this::send, this.process, this.process, () -> 0,
			Runnable::run, this.leftovers, (lease) -> {
			});

	private final LineAcquirer acquirer = new LineAcquirer(this.queue,
			new Acquirer(this.table, this.process, this.process, () -> 0, () -> "a-1", this.leftovers),
			new Tenures(this.queue, this.leases, new HandOff(1000, Duration.ofSeconds(4).toNanos()), this.process),
			this.process, this.process);

	private final Place first = inLine();

	private void send(Request request, long patienceNanos, AsyncLockTable.Handler handler) {
		handler.answered(this.table.send(request), this.process.now());
	}

	private Place inLine() {
		Place place = new Place(KEY, Wish.patient().terms("a"));
		this.queue.join(place, true);
		return place;
	}

	private Background<Outcome> standInLine(Wish wish) {
		int others = this.queue.waiting(this.first);
		Background<Outcome> waiting = Background.start(() -> this.acquirer.acquire(KEY, wish.terms("a"), NOBODY));
		await().until(() -> this.queue.waiting(this.first) > others);
		return waiting;
	}

	private void call(Duration notBefore) {
		this.queue.pass(this.first, this.process.nanoTime() + notBefore.toNanos());
	}

	private Duration now() {
		return Duration.ofNanos(this.world.nanos());
	}

	@Test
	void goesToTheTableAtOnceWhenItIsItsTurn() {
		Background<Outcome> waiting = standInLine(Wish.patient());

		call(Duration.ofSeconds(-1));

		assertThat(waiting.get()).isInstanceOf(Outcome.Held.class);
		assertThat(now()).isZero();
	}

	@Test
	void standsBackForAsLongAsItIsTold() {
		Background<Outcome> waiting = standInLine(Wish.patient());

		call(Duration.ofSeconds(3));

		assertThat(waiting.get()).isInstanceOf(Outcome.Held.class);
		assertThat(now()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void triesWhenItsTimeIsOverEvenIfItWasToStandBackLonger() {
		Background<Outcome> waiting = standInLine(Wish.aTry().waiting(Duration.ofHours(1)));

		call(Duration.ofHours(2));

		assertThat(waiting.get()).isInstanceOf(Outcome.Held.class);
		assertThat(now()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void letsTheNextTryWhenTheClientIsClosedWhileItStandsBack() {
		Background<Outcome> waiting = standInLine(Wish.patient());
		Place next = inLine();
		this.process.wakeAll();

		call(Duration.ofSeconds(3));

		assertThat(waiting.get()).isEqualTo(new Acquisition.Result.Busy(Optional.empty(), 1));
		assertThat(next.call().join()).isInstanceOf(Call.Turn.class);
		assertThat(this.table.requests()).isEmpty();
	}

	@Test
	void letsTheNextTryWhenTheTableFailsInAWayThatNobodyForesaw() {
		Background<Outcome> waiting = standInLine(Wish.patient());
		Place next = inLine();
		this.table.next(Request.Acquire.class, (delivery) -> {
			throw new IllegalStateException("a bug");
		});

		call(Duration.ZERO);

		assertThat(waiting.failure()).hasMessage("a bug");
		assertThat(next.call().join()).isInstanceOf(Call.Turn.class);
	}

	@Test
	void getsOutOfLineWhenItIsInterrupted() {
		Background<Outcome> waiting = standInLine(Wish.patient());

		waiting.interrupt();

		assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
		assertThat(this.queue.waiting(this.first)).isZero();
	}

	@Test
	void saysWhoHoldsTheLockWhenItsTimeIsOver() throws InterruptedException {
		LockRecord holder = new LockRecord(KEY, Optional.of("b-1"), Optional.of("b"), OptionalLong.of(9_000),
				OptionalLong.of(7), OptionalLong.empty(), Optional.empty());
		this.first.holderIsKnownBy(() -> Optional.of(holder));

		Outcome outcome = this.acquirer.acquire(KEY, Wish.aTry().waiting(Duration.ofMillis(1)).terms("a"), NOBODY);

		assertThat(outcome).isEqualTo(new Acquisition.Result.Busy(Optional.of(holder), 1));
		assertThat(this.queue.waiting(this.first)).isZero();
	}

}
