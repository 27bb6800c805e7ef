package io.dynlock.torture;

import java.time.Duration;

import io.dynlock.torture.audit.Violation;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.report.Summary;
import io.dynlock.torture.worker.Subject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Test
	void aLockThatLetsEverybodyInIsFoundOut() throws Exception {
		Settings settings = new Settings(Duration.ofSeconds(2), 1, 2, 4, 2, Duration.ofMillis(500),
				Subject.NO_EXCLUSION);
		assertThat(Torture.run(settings).violations()).extracting(Violation::kind).contains(Violation.Kind.TWO_HOLDERS);
	}

}
