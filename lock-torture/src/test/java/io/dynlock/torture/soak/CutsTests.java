package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CutsTests {

	private final AtomicLong now = new AtomicLong(1000);

	private final Cuts cuts = new Cuts(this.now::get, Duration.ofNanos(50));

	@Test
	void nothingIsExplainedBeforeTheFirstCut() {
		assertThat(this.cuts.mayExplain(900)).isFalse();
		assertThat(this.cuts.count()).isZero();
	}

	@Test
	void whatFailsWhileCutOffIsExplained() {
		this.cuts.began();
		assertThat(this.cuts.mayExplain(1000)).isTrue();
		assertThat(this.cuts.count()).isOne();
	}

	@Test
	void whatBeganBeforeTheAftermathWasOverIsExplained() {
		this.cuts.began();
		this.cuts.ended();
		assertThat(this.cuts.mayExplain(900)).isTrue();
		assertThat(this.cuts.mayExplain(1049)).isTrue();
		assertThat(this.cuts.mayExplain(1050)).isFalse();
	}

}
