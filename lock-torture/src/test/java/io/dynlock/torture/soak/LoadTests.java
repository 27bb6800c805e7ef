package io.dynlock.torture.soak;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LoadTests {

	private final Tally tally = new Tally();

	private final Cuts cuts = new Cuts(System::nanoTime, Duration.ofSeconds(1));

	private final Load load = new Load(this.cuts, this.tally);

	@AfterEach
	void finish() throws InterruptedException {
		this.load.finish();
	}

	@Test
	void whatIsNotTheFailureOfALockIsAViolationEvenWhileTheTableIsCutOff() {
		this.cuts.began();
		start((random) -> {
			throw new IllegalStateException("broken");
		});
		await().untilAsserted(() -> assertThat(this.tally.violations())
			.contains("something: java.lang.IllegalStateException: broken"));
		assertThat(this.tally.cycles()).isEmpty();
	}

	@Test
	void whatIsDoneIsCounted() {
		start((random) -> Thread.sleep(1));
		await().untilAsserted(() -> assertThat(this.tally.cycles().getOrDefault("something", 0L)).isGreaterThan(3));
		assertThat(this.tally.violations()).isEmpty();
	}

	@Test
	void nothingIsBeingDoneWhileTheThreadsRest() throws Exception {
		AtomicInteger working = new AtomicInteger();
		start((random) -> {
			working.incrementAndGet();
			Thread.sleep(1);
			working.decrementAndGet();
		});
		for (int i = 0; i < 50; i++) {
			assertThat(this.load.<Integer>atRest(working::get)).isZero();
		}
		await().until(() -> !this.tally.cycles().isEmpty());
	}

	private void start(Activity.Body body) {
		this.load.start(3, new Deck(List.of(new Activity("something", 1, body)), new Random(1)),
				new SplittableRandom(1));
	}

}
