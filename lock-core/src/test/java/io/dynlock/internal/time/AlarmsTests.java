package io.dynlock.internal.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AlarmsTests {

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("process");

	private final List<Long> settings = new ArrayList<>();

	private final List<String> ran = new ArrayList<>();

	private final Alarms alarms = new Alarms(this.process, (delay, ring) -> {
		this.settings.add(delay);
		return this.process.schedule(delay, ring);
	});

	@Test
	void tasksRunInTheOrderOfTheirTimes() {
		in(20, "third");
		in(10, "first");
		in(10, "second");
		in(-5, "zeroth");
		this.world.advance(Duration.ofMillis(15));
		assertThat(this.ran).containsExactly("zeroth", "first", "second");
		this.world.advance(Duration.ofMillis(15));
		assertThat(this.ran).containsExactly("zeroth", "first", "second", "third");
		assertThat(this.process.pending()).isZero();
	}

	@Test
	void tasksBeyondTheOverflowOfTheClockComeLater() {
		in(5000, "after");
		in(1000, "before");
		this.world.advance(Duration.ofSeconds(2));
		assertThat(this.ran).containsExactly("before");
		this.world.advance(Duration.ofSeconds(4));
		assertThat(this.ran).containsExactly("before", "after");
	}

	@Test
	void cancelledTasksDoNotRun() {
		Scheduler.Timer timer = in(10, "cancelled");
		in(10, "other");
		timer.cancel();
		this.world.advance(Duration.ofMillis(20));
		assertThat(this.ran).containsExactly("other");
	}

	@Test
	void aTaskMayCancelAnotherOfTheSameTimeAndScheduleMore() {
		List<Scheduler.Timer> later = new ArrayList<>();
		this.alarms.in(0, () -> {
			later.forEach(Scheduler.Timer::cancel);
			in(0, "more");
		});
		later.add(in(0, "cancelled"));
		this.world.advance(Duration.ofMillis(1));
		assertThat(this.ran).containsExactly("more");
	}

	@Test
	void whatIsCancelledInTimeSetsTheBellOnceOnly() {
		for (int i = 0; i < 1000; i++) {
			in(10_000, "never").cancel();
			this.world.advance(Duration.ofMillis(1));
		}
		assertThat(this.settings).hasSize(1);
		assertThat(this.ran).isEmpty();
		this.world.advance(Duration.ofSeconds(20));
		assertThat(this.settings).hasSize(1);
		assertThat(this.process.pending()).isZero();
	}

	@Test
	void theBellIsSetForTheEarliestAndForOneTaskAtATime() {
		in(30, "late");
		in(10, "early");
		in(20, "between");
		assertThat(this.settings).containsExactly(millis(30), millis(10));
		assertThat(this.process.pending()).isEqualTo(1);
		this.world.advance(Duration.ofMillis(10));
		assertThat(this.ran).containsExactly("early");
		assertThat(this.settings).containsExactly(millis(30), millis(10), millis(10));
	}

	@Test
	void aTaskThatFailsKeepsNoOtherFromRunning() {
		this.alarms.in(millis(10), () -> {
			throw new NoClassDefFoundError("an old library");
		});
		in(20, "later");
		assertThatExceptionOfType(NoClassDefFoundError.class)
			.isThrownBy(() -> this.world.advance(Duration.ofMillis(15)));
		in(30, "latest");
		this.world.advance(Duration.ofMillis(50));
		assertThat(this.ran).containsExactly("later", "latest");
	}

	@Test
	void aBellThatCannotBeSetIsSetTheNextTime() {
		boolean[] broken = { true };
		Alarms fragile = new Alarms(this.process, (delay, ring) -> {
			if (broken[0]) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return this.process.schedule(delay, ring);
		});
		assertThatExceptionOfType(OutOfMemoryError.class)
			.isThrownBy(() -> fragile.in(millis(10), () -> this.ran.add("first")));
		broken[0] = false;
		fragile.in(millis(20), () -> this.ran.add("second"));
		this.world.advance(Duration.ofMillis(20));
		assertThat(this.ran).containsExactly("second");
	}

	private Scheduler.Timer in(int millis, String name) {
		return this.alarms.in(millis(millis), () -> this.ran.add(name));
	}

	private static long millis(int millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
