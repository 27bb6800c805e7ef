package io.dynlock.torture;

import java.time.Duration;

import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.report.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

@Isolated("what else runs takes the time that the locks need")
class TortureTests {

	@Test
	void dynlockKeepsItsGuaranteesWhileItsProcessesAreKilledFrozenAndCutOff() throws Exception {
		Summary summary = Torture.run(Settings.withDefaults().withDuration(Duration.ofSeconds(30)));
		System.out.println(summary);
		assertThat(summary.violations()).as(summary::toString).isEmpty();
		assertThat(summary.strikes()).as(summary::toString).containsOnlyKeys(FaultKind.values());
		assertThat(summary.befallen()).as(summary::toString)
			.allSatisfy((kind, times) -> assertThat(times).isPositive());
		assertThat(summary.cycles()).as(summary::toString).isGreaterThan(100);
		assertThat(summary.takeovers()).as(summary::toString).isPositive();
		assertThat(summary.lost()).as(summary::toString).isPositive();
		assertThat(summary.refused()).as(summary::toString).isPositive();
	}

}
