package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("broken-subject")
@Execution(ExecutionMode.CONCURRENT)
class LeakTests {

	private static final Duration LONGEST = Duration.ofSeconds(40);

	@Test
	void leasesThatAreNeverThrownAwayAreFoundOut() throws Exception {
		SoakSettings settings = SoakTests.SHORT.withSubject(SoakSubject.LEAKY);
		List<String> found = List.of();
		// a busy machine needs more time
		while (found.isEmpty() && settings.duration().compareTo(LONGEST) < 0) {
			found = Soak.run(settings).violations();
			settings = settings.withDuration(settings.duration().multipliedBy(2));
		}
		assertThat(found).containsExactly("The heap grows");
	}

}
