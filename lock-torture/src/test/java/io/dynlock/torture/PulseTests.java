package io.dynlock.torture;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.dynlock.torture.evidence.Interval;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PulseTests {

	private final AtomicLong now = new AtomicLong(1000);

	private final Pulse pulse = new Pulse(this.now::get, Duration.ofNanos(50));

	@Test
	void beatsInTimeAreNoStall() {
		this.now.set(1050);
		this.pulse.beat();
		this.now.set(1100);
		this.pulse.beat();
		assertThat(this.pulse.stalls()).isEmpty();
	}

	@Test
	void aLateBeatIsAStallFromWhenItWasExpected() {
		this.now.set(1070);
		this.pulse.beat();
		assertThat(this.pulse.stalls()).containsExactly(new Interval(1050, 1070));
	}

	@Test
	void theNextBeatIsExpectedAPeriodAfterALateOne() {
		this.now.set(1300);
		this.pulse.beat();
		this.now.set(1350);
		this.pulse.beat();
		this.now.set(1410);
		this.pulse.beat();
		assertThat(this.pulse.stalls()).containsExactly(new Interval(1050, 1300), new Interval(1400, 1410));
	}

}
