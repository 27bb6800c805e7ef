package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

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

	private static final AttemptListener NOBODY = (outcome, nanos) -> {
	};

	private final LineParts parts = new LineParts();

	private final LineAcquirer acquirer = new LineAcquirer(this.parts.queue, new Acquirer(this.parts.table,
			this.parts.process, this.parts.process, () -> 0, () -> "a-1", this.parts.leftovers), this.parts.tenures,
			this.parts.process, this.parts.process);

	private final Place first = this.parts.inLine();

	private Background<Outcome> standInLine(Wish wish) {
		int others = this.parts.queue.waiting(this.first);
		Background<Outcome> waiting = Background
			.start(() -> this.acquirer.acquire(LineParts.KEY, wish.terms("a"), NOBODY));
		await().until(() -> this.parts.queue.waiting(this.first) > others);
		return waiting;
	}

	private void call(Duration notBefore) {
		this.parts.queue.pass(this.first, this.parts.process.nanoTime() + notBefore.toNanos());
	}

	private Duration now() {
		return Duration.ofNanos(this.parts.world.nanos());
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
		Place next = this.parts.inLine();
		this.parts.process.wakeAll();

		call(Duration.ofSeconds(3));

		assertThat(waiting.get()).isEqualTo(new Acquisition.Result.Busy(Optional.empty(), 1));
		assertThat(next.call().join()).isInstanceOf(Call.Turn.class);
		assertThat(this.parts.table.requests()).isEmpty();
	}

	@Test
	void letsTheNextTryWhenTheTableFailsInAWayThatNobodyForesaw() {
		Background<Outcome> waiting = standInLine(Wish.patient());
		Place next = this.parts.inLine();
		this.parts.table.next(Request.Acquire.class, (delivery) -> {
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
		assertThat(this.parts.queue.waiting(this.first)).isZero();
	}

	@Test
	void saysWhoHoldsTheLockWhenItsTimeIsOver() throws InterruptedException {
		LockRecord holder = new LockRecord(LineParts.KEY, Optional.of("b-1"), Optional.of("b"), OptionalLong.of(9_000),
				OptionalLong.of(7), OptionalLong.empty(), Optional.empty());
		this.first.holderIsKnownBy(() -> Optional.of(holder));

		Outcome outcome = this.acquirer.acquire(LineParts.KEY, Wish.aTry().waiting(Duration.ofMillis(1)).terms("a"),
				NOBODY);

		assertThat(outcome).isEqualTo(new Acquisition.Result.Busy(Optional.of(holder), 1));
		assertThat(this.parts.queue.waiting(this.first)).isZero();
	}

}
