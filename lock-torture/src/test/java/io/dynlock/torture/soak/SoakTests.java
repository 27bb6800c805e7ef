package io.dynlock.torture.soak;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

@Isolated("what else runs has threads and garbage of its own")
class SoakTests {

	/** Few samples, so that most of the time is for work; cut off once. */
	static final SoakSettings SHORT = new SoakSettings(Duration.ofSeconds(6), 6, 6, 4, 100, Duration.ofSeconds(2),
			Duration.ofSeconds(3), SoakSubject.DYNLOCK);

	@Test
	void dynlockLeavesNothingBehind() throws Exception {
		SoakReport report = Soak.run(SHORT);
		System.out.println(report);
		assertThat(report.violations()).as(report::toString).isEmpty();
		assertThat(report.cycles()).as(report::toString)
			.containsKeys("execute", "tryExecute", "acquire", "fixed lease", "permanent lease", "acquireAsync",
					"executeAsync", "several locks", "reentry", "another process", "wait that times out",
					"cancelled wait", "lock freed by name", "fixed lease that runs out", "client opened and closed",
					"lease held past its duration");
		assertThat(report.provoked()).as(report::toString)
			.containsKeys("timeout", "cancelled", "loss: force_released", "loss: expired", "loss: closed",
					"wait ended by closing");
		assertThat(report.cuts()).isPositive();
	}

}
