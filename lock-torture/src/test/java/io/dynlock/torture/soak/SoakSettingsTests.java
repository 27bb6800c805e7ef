package io.dynlock.torture.soak;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SoakSettingsTests {

	@Test
	void soaksDynlockForHalfAnHourAndSamplesEveryMinuteUnlessToldOtherwise() {
		assertThat(SoakSettings.parse()).isEqualTo(SoakSettings.withDefaults());
		assertThat(SoakSettings.withDefaults())
			.extracting(SoakSettings::duration, SoakSettings::samplePeriod, SoakSettings::subject)
			.containsExactly(Duration.ofMinutes(30), Duration.ofMinutes(1), SoakSubject.DYNLOCK);
	}

	@Test
	void readsDurationAndSubject() {
		assertThat(SoakSettings.parse("--duration", "90s", "--subject", "leaky"))
			.isEqualTo(SoakSettings.withDefaults().withDuration(Duration.ofSeconds(90)).withSubject(SoakSubject.LEAKY));
	}

	@Test
	void cutsOutlastTheLease() {
		assertThat(SoakSettings.withDefaults().cut()).isGreaterThan(SoakSettings.withDefaults().lease());
	}

	@Test
	void saysWhatIsWrong() {
		assertThatIllegalArgumentException().isThrownBy(() -> SoakSettings.parse("--seed", "1"))
			.withMessageContaining("Not an option: --seed. Usage: ");
		assertThatIllegalArgumentException().isThrownBy(() -> SoakSettings.parse("--subject", "none"))
			.withMessageContaining("use one of dynlock, leaky");
	}

}
