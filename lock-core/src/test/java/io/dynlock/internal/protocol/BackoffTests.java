package io.dynlock.internal.protocol;

import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	@Test
	void pausesAreAShareOfTheTimeSoFarWithinLimits() {
		Backoff backoff = new Backoff(1_000, 3_000, 16, () -> 0);
		assertThat(LongStream.of(0, 16_000, 32_000, 48_000, 1_000_000).map(backoff::next)).containsExactly(1_000L,
				1_000L, 2_000L, 3_000L, 3_000L);
	}

	@Test
	void pausesAreDrawnFromTheUpperHalf() {
		Random random = new Random(7);
		LongStream lengths = LongStream.generate(() -> Backoff.jittered(1_000, random)).limit(10_000);
		var statistics = lengths.summaryStatistics();
		assertThat(statistics.getMin()).isBetween(500L, 505L);
		assertThat(statistics.getMax()).isBetween(995L, 1_000L);
		assertThat(statistics.getAverage()).isBetween(740.0, 760.0);
	}

	@Test
	void theFirstPauseIsNoLongerThanTheLimit() {
		assertThat(new Backoff(5_000, 3_000, 16, () -> 0).next(0)).isEqualTo(3_000);
	}

	@Test
	void pausesOfAHundredYearsDoNotOverflow() {
		long century = 36_500L * 24 * 3600 * 1_000_000_000;
		Backoff backoff = new Backoff(century, century, 16, new Random(7));
		assertThat(LongStream.generate(() -> backoff.next(century)).limit(10))
			.allMatch((pause) -> pause >= century / 2);
	}

}
