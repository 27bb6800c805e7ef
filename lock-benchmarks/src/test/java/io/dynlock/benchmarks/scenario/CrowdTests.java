package io.dynlock.benchmarks.scenario;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thirty processes that wait for the same lock.
 */
class CrowdTests {

	private static final int SIZE = 30;

	private final CrowdResult result = crowd(1);

	private static CrowdResult crowd(long seed) {
		return new Crowd(SIZE, Duration.ofMillis(50), seed).run(Duration.ofSeconds(60), Duration.ofSeconds(120));
	}

	@Test
	void everyProcessGetsItsTurns() {
		assertThat(this.result.cycles()).hasSize(SIZE).allMatch((cycles) -> cycles > 0);
		assertThat(this.result.fairness()).isGreaterThan(0.8);
	}

	@Test
	void theLockIsNotLeftFree() {
		assertThat(this.result.handOffMillis(0.5)).isBetween(5.0, 100.0);
		assertThat(this.result.cyclesPerSecond()).isGreaterThan(6);
	}

	@Test
	void whoeverWaitsLongAsksSeldom() {
		// every 50 ms, shortened by a quarter on average, they would send 800 reads a
		// second
		assertThat(this.result.readsPerSecond()).isBetween(30.0, 400.0);
		assertThat(this.result.readsAtStart()).isGreaterThan((long) this.result.readsPerSecond());
	}

	@Test
	void fewWritesAreRefused() {
		assertThat(this.result.writesPerCycle()).isBetween(2.0, 6.0);
	}

	@Test
	void theSameSeedGivesTheSameFigures() {
		assertThat(crowd(1).cycles()).isEqualTo(this.result.cycles()).isNotEqualTo(crowd(2).cycles());
	}

}
