package io.dynlock.torture;

import java.time.Duration;
import java.util.List;

import io.dynlock.torture.audit.Violation;
import io.dynlock.torture.report.Summary;
import io.dynlock.torture.worker.Subject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is broken is found out in a run of half a minute, and mostly in a shorter one. It
 * does not matter how much time each gets meanwhile, so they run at the same time.
 */
@Tag("broken-subject")
@Execution(ExecutionMode.CONCURRENT)
class BrokenSubjectTests {

	private static final Duration SHORTEST = Duration.ofSeconds(8);

	private static final Duration LONGEST = Duration.ofSeconds(32);

	@Test
	void aLockThatLetsEverybodyInIsFoundOut() throws Exception {
		assertThat(found(Subject.NO_EXCLUSION)).contains(Violation.Kind.TWO_HOLDERS);
	}

	@Test
	void aLockThatIsTakenBeforeItsLeaseIsOverIsFoundOut() throws Exception {
		assertThat(found(Subject.IMPATIENT)).contains(Violation.Kind.TWO_HOLDERS);
	}

	@Test
	void aHolderThatTakesNoNoticeOfItsLossIsFoundOut() throws Exception {
		assertThat(found(Subject.DEAF)).contains(Violation.Kind.OVERLAP);
	}

	/** Few locks, so that somebody takes each as soon as he can. */
	private static List<Violation.Kind> found(Subject subject) throws Exception {
		List<Violation.Kind> found = List.of();
		Duration duration = SHORTEST;
		while (found.isEmpty() && duration.compareTo(LONGEST) <= 0) {
			Summary summary = Torture.run(new Settings(duration, 1, 2, 4, 2, Duration.ofSeconds(2), subject));
			found = summary.violations().stream().map(Violation::kind).distinct().toList();
			duration = duration.multipliedBy(2);
		}
		return found;
	}

}
