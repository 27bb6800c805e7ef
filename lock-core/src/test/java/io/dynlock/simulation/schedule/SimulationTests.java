package io.dynlock.simulation.schedule;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guarantees hold in every schedule. {@code -Ddynlock.schedules} sets how many are
 * run, {@code -Ddynlock.first-seed} from which on; {@code -Ddynlock.seed} runs a single
 * one and prints what happens.
 */
class SimulationTests {

	private static final int SCHEDULES = Integer.getInteger("dynlock.schedules", 20_000);

	private static final long FIRST_SEED = Long.getLong("dynlock.first-seed", 0);

	@Test
	void everyGuaranteeHoldsInEverySchedule() {
		Long seed = Long.getLong("dynlock.seed");
		if (seed != null) {
			Schedules.run(seed, true);
			return;
		}
		Statistics statistics = Schedules.run(FIRST_SEED, SCHEDULES);
		System.out.println(statistics);
		assertThat(statistics.of("schedules")).isEqualTo(SCHEDULES);
		if (SCHEDULES >= 10_000) {
			assertThat(whatMustHappen()).allSatisfy((what) -> assertThat(statistics.of(what)).as(what).isPositive());
		}
	}

	private static List<String> whatMustHappen() {
		Stream<String> strikes = Stream.of(Strike.values()).map((strike) -> "strikes: " + strike);
		Stream<String> fates = Stream.of(Fate.values())
			.filter((fate) -> fate != Fate.GOOD)
			.map((fate) -> "messages: " + fate);
		Stream<String> others = Stream.of("grants", "hand-ons", "takeovers", "renewals",
				"items that outlived their time", "losses: EXPIRED", "losses: UNREACHABLE", "losses: TAKEN",
				"losses: FORCE_RELEASED", "losses: CLOSED");
		return Stream.of(strikes, fates, others).flatMap((names) -> names).toList();
	}

	@Test
	void aScheduleFollowsFromItsSeed() {
		for (long seed = 0; seed < 200; seed++) {
			assertThat(Schedules.run(seed, false)).isEqualTo(Schedules.run(seed, false));
		}
	}

}
