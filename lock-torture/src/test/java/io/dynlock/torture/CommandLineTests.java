package io.dynlock.torture;

import java.time.Duration;

import io.dynlock.torture.worker.Subject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CommandLineTests {

	@Test
	void torturesDynlockForTwoMinutesUnlessToldOtherwise() {
		assertThat(CommandLine.parse()).isEqualTo(Settings.withDefaults());
		assertThat(Settings.withDefaults()).extracting(Settings::duration, Settings::subject)
			.containsExactly(Duration.ofMinutes(2), Subject.DYNLOCK);
	}

	@Test
	void readsDurationSeedAndSubject() {
		assertThat(CommandLine.parse("--duration", "30s", "--seed", "7", "--subject", "no-exclusion"))
			.isEqualTo(Settings.withDefaults()
				.withDuration(Duration.ofSeconds(30))
				.withSeed(7)
				.withSubject(Subject.NO_EXCLUSION));
	}

	@Test
	void saysWhatIsWrong() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse("--duration", "long"))
			.withMessageContaining("Not a duration: long");
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse("--seed"))
			.withMessageContaining("No value for --seed");
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse("--subject", "none"))
			.withMessageContaining("use one of dynlock, no-exclusion, deaf, impatient, never-released");
	}

}
