package io.dynlock.torture.soak;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrendTests {

	private static final int MARGIN = 10;

	@Test
	void comparesTheMediansOfTheFirstAndTheLastThird() {
		assertThat(Trend.of(List.of(3L, 1L, 2L, 50L, 60L, 70L, 9L, 7L, 8L))).isEqualTo(new Trend(2, 8));
	}

	@Test
	void theRestOfADivisionByThreeIsInTheMiddle() {
		assertThat(Trend.of(List.of(1L, 50L, 60L, 70L, 9L))).isEqualTo(new Trend(1, 9));
	}

	@Test
	void aFigureThatStaysWithinTheMarginIsFlat() {
		assertThat(new Trend(100, 110).isFlat(MARGIN)).isTrue();
		assertThat(new Trend(100, 111).isFlat(MARGIN)).isFalse();
		assertThat(new Trend(100, 50).isFlat(MARGIN)).isTrue();
	}

	@Test
	void aSlowSteadyGrowthIsFound() {
		assertThat(Trend.of(Stream.iterate(1000L, (value) -> value + 1).limit(25).toList()).isFlat(MARGIN)).isFalse();
	}

	@Test
	void aFewSamplesThatAreOffDoNotMatter() {
		assertThat(Trend.of(List.of(5L, 5L, 5L, 5L, 5L, 5L, 5L, 5L, 900L)).isFlat(MARGIN)).isTrue();
		assertThat(Trend.of(List.of(900L, 5L, 5L, 5L, 5L, 5L, 5L, 90L, 90L)).isFlat(MARGIN)).isFalse();
	}

	@Test
	void fewerThanThreeSamplesSayNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(List.of(1L, 2L)))
			.withMessageContaining("take at least three");
	}

}
