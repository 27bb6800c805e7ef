package io.dynlock.internal.protocol;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TermsTests {

	private static Terms terms(long waitNanos, int maxRetries, long sleepNanos, long maxSleepNanos) {
		return new Terms("owner", Holding.RENEWED, 1000, Optional.empty(), waitNanos, maxRetries, sleepNanos,
				maxSleepNanos);
	}

	@Test
	void waitingNeedsBothTimeAndRetries() {
		assertThat(terms(1, 1, 10, 10).mayWait()).isTrue();
		assertThat(terms(0, 1, 10, 10).mayWait()).isFalse();
		assertThat(terms(1, 0, 10, 10).mayWait()).isFalse();
	}

	@Test
	void whoHasNoLimitOfRetriesStandsInLineForAsLongAsItMayWait() {
		assertThat(terms(77, Terms.UNLIMITED, 10, 10).lineNanos()).isEqualTo(77);
		assertThat(terms(Terms.FOREVER, Terms.UNLIMITED, 10, 10).lineNanos()).isEqualTo(Terms.FOREVER);
	}

	@Test
	void whoHasStandsInLineForAsLongAsItsPausesWouldLast() {
		assertThat(terms(Terms.FOREVER, 3, 10, 100).lineNanos()).isEqualTo(30);
		assertThat(terms(30, 3, 10, 100).lineNanos()).isEqualTo(30);
		assertThat(terms(29, 3, 10, 100).lineNanos()).isEqualTo(29);
		assertThat(terms(Terms.FOREVER, 0, 10, 100).lineNanos()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0, 10, 11", "1, 10, 11", "17, 10, 11", "18, 10, 11", "19, 10, 11", "400, 10, 11", "400, 10, 25",
			"400, 10, 10", "400, 10, 1000000" })
	void whichIsTheSumOfTheirPauses(int maxRetries, long sleepNanos, long maxSleepNanos) {
		Terms terms = terms(Terms.FOREVER, maxRetries, sleepNanos, maxSleepNanos);
		long sum = 0;
		for (int retry = 0; retry < maxRetries; retry++) {
			sum += Backoff.longest(terms, sum);
		}

		assertThat(terms.lineNanos()).isEqualTo(sum);
		assertThat(terms(sum + 1, maxRetries, sleepNanos, maxSleepNanos).lineNanos()).isEqualTo(sum);
		assertThat(terms(sum / 2, maxRetries, sleepNanos, maxSleepNanos).lineNanos()).isEqualTo(sum / 2);
	}

	@Test
	void whichMayBeForEver() {
		long half = Terms.FOREVER / 2;
		assertThat(terms(Terms.FOREVER, 2, half, half).lineNanos()).isEqualTo(Terms.FOREVER - 1);
		assertThat(terms(Terms.FOREVER, 3, half, half).lineNanos()).isEqualTo(Terms.FOREVER);
	}

	@Test
	@Timeout(10)
	void howeverManyTheyAre() {
		assertThat(terms(Terms.FOREVER, Terms.UNLIMITED - 1, 10, 10).lineNanos())
			.isEqualTo(10L * (Terms.UNLIMITED - 1));
		assertThat(terms(Terms.FOREVER, Terms.UNLIMITED - 1, Long.MAX_VALUE / 8, Long.MAX_VALUE / 8).lineNanos())
			.isEqualTo(Terms.FOREVER);
		assertThat(terms(77, Terms.UNLIMITED - 1, 10, 10).lineNanos()).isEqualTo(77);
	}

	/** A pause is a sixteenth of the time so far, so the last one is longer. */
	@Test
	void thosePausesGrow() {
		assertThat(terms(Terms.FOREVER, 33, 10, 100).lineNanos()).isGreaterThan(330).isLessThan(660);
	}

	@Test
	void timeToWaitPasses() {
		assertThat(terms(100, 1, 10, 10).remainingNanos(1000, 1030)).isEqualTo(70);
		assertThat(terms(100, 1, 10, 10).remainingNanos(1000, 1130)).isEqualTo(-30);
		assertThat(terms(Terms.FOREVER, 1, 10, 10).remainingNanos(1000, 1030)).isEqualTo(Terms.FOREVER);
		assertThat(terms(100, 1, 10, 10).waiting(-30).waitNanos()).isZero();
	}

}
