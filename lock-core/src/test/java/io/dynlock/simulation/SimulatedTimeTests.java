package io.dynlock.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SimulatedTimeTests {

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("a");

	private final List<String> events = new ArrayList<>();

	@Test
	void timersRunInTheOrderOfTheirTimeAndNotBefore() {
		this.process.schedule(2_000, () -> this.events.add("late"));
		this.process.schedule(1_000, () -> this.events.add("early"));
		this.process.schedule(1_000, () -> this.events.add("early too"));
		this.world.advance(Duration.ofNanos(999));
		assertThat(this.events).isEmpty();
		this.world.advance(Duration.ofNanos(1));
		assertThat(this.events).containsExactly("early", "early too");
		assertThat(this.process.pending()).isOne();
		this.world.advance(Duration.ofNanos(1_000));
		assertThat(this.events).containsExactly("early", "early too", "late");
	}

	@Test
	void cancelledTimersDoNotRunAndAreNotPending() {
		this.process.schedule(1_000, () -> this.events.add("cancelled")).cancel();
		assertThat(this.process.pending()).isZero();
		this.world.advance(Duration.ofSeconds(1));
		assertThat(this.events).isEmpty();
	}

	@Test
	void whatATaskStartsRunsInTheSameAdvanceWhenItIsDue() {
		this.process.execute(0, () -> this.process.schedule(500, () -> this.events.add("second")));
		this.world.advance(Duration.ofNanos(500));
		assertThat(this.events).containsExactly("second");
	}

	@Test
	void theWorldGoesOnWhileATaskWaits() {
		this.process.execute(0, () -> {
			this.world.advance(Duration.ofSeconds(2));
			this.events.add("waited");
		});
		this.process.schedule(1_000, () -> this.events.add("meanwhile"));
		this.world.settle();
		assertThat(this.events).containsExactly("meanwhile", "waited");
		assertThat(this.world.nanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void clocksOfOneProcessRunAtTheirOwnRate() {
		this.process.runAtRate(1.01);
		long start = this.process.nanoTime();
		this.process.schedule(Duration.ofSeconds(101).toNanos(), () -> this.events.add("fired"));
		this.world.advance(Duration.ofSeconds(100).minusNanos(1));
		assertThat(this.events).isEmpty();
		this.world.advance(Duration.ofNanos(1));
		assertThat(this.events).containsExactly("fired");
		assertThat(this.process.nanoTime() - start).isEqualTo(Duration.ofSeconds(101).toNanos());
	}

	@Test
	void theTwoClocksCanBeSteppedSeparately() {
		long nanos = this.process.nanoTime();
		long wall = this.process.wallMillis();
		this.process.stepWall(Duration.ofHours(1));
		assertThat(this.process.nanoTime()).isEqualTo(nanos);
		assertThat(this.process.wallMillis()).isEqualTo(wall + 3_600_000);
		this.process.stepMonotonic(Duration.ofSeconds(1));
		assertThat(this.process.nanoTime() - nanos).isEqualTo(1_000_000_000);
		assertThat(this.process.wallMillis()).isEqualTo(wall + 3_600_000);
	}

	@Test
	void aFrozenProcessRunsNothingUntilItGoesOn() {
		long nanos = this.process.nanoTime();
		this.process.schedule(1_000, () -> this.events.add("fired"));
		this.process.freeze();
		this.world.advance(Duration.ofSeconds(5));
		assertThat(this.events).isEmpty();
		assertThat(this.process.nanoTime() - nanos).isEqualTo(5_000_000_000L);
		this.process.thaw();
		this.world.settle();
		assertThat(this.events).containsExactly("fired");
	}

	@Test
	void onASuspendedMachineOnlyTheWallClockGoesOn() {
		long nanos = this.process.nanoTime();
		long wall = this.process.wallMillis();
		this.process.schedule(1_000, () -> this.events.add("fired"));
		this.process.suspend();
		this.world.advance(Duration.ofSeconds(5));
		assertThat(this.process.nanoTime()).isEqualTo(nanos);
		assertThat(this.process.wallMillis()).isEqualTo(wall + 5_000);
		this.process.resume();
		this.world.advance(Duration.ofNanos(999));
		assertThat(this.events).isEmpty();
		this.world.advance(Duration.ofNanos(1));
		assertThat(this.events).containsExactly("fired");
	}

	@Test
	void sleepingLetsTheWorldGoOn() throws InterruptedException {
		this.world.in(Duration.ofSeconds(1), () -> this.events.add("meanwhile"));
		assertThat(this.process.sleep(Duration.ofSeconds(2).toNanos())).isTrue();
		assertThat(this.events).containsExactly("meanwhile");
		assertThat(this.world.nanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void sleepersCanBeWokenForGood() throws InterruptedException {
		this.world.in(Duration.ofSeconds(1), this.process::wakeAll);
		assertThat(this.process.sleep(Duration.ofSeconds(2).toNanos())).isFalse();
		assertThat(this.world.nanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
		assertThat(this.process.sleep(1)).isFalse();
		assertThat(this.process.pending()).isZero();
	}

	@Test
	void sleepersCanBeInterrupted() {
		this.world.in(Duration.ofSeconds(1), Thread.currentThread()::interrupt);
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.process.sleep(Duration.ofSeconds(2).toNanos()));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void waitingForWhatNeverComesFails() {
		assertThatIllegalStateException().isThrownBy(() -> this.world.runUntil(() -> false));
	}

	@Test
	void waitingInVainFails() {
		sleepAgain();
		assertThatIllegalStateException().isThrownBy(() -> this.world.runUntil(() -> false))
			.withMessageContaining("in vain");
	}

	private void sleepAgain() {
		this.process.schedule(1_000, this::sleepAgain);
	}

}
