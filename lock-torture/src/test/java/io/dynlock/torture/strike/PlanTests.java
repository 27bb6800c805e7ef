package io.dynlock.torture.strike;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.FaultKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	private static final List<FaultKind> KINDS = List.of(FaultKind.values());

	@Test
	void oneSeedIsOnePlan() {
		assertThat(strikes(1, 50)).isEqualTo(strikes(1, 50)).isNotEqualTo(strikes(2, 50));
	}

	@Test
	void everyKindComesOnceBeforeAnyComesAgain() {
		assertThat(strikes(3, KINDS.size())).extracting(PlannedStrike::kind).containsExactlyInAnyOrderElementsOf(KINDS);
	}

	@Test
	void longCutsAndFreezesOutlastTheLeaseAndShortCutsDoNot() {
		for (PlannedStrike strike : strikes(4, 100)) {
			switch (strike.kind()) {
				case FROZEN, CUT_LONG -> assertThat(strike.length()).isGreaterThan(LEASE);
				case CUT_SHORT -> assertThat(strike.length()).isLessThan(LEASE);
				default -> assertThat(strike.length()).isGreaterThanOrEqualTo(Duration.ZERO);
			}
		}
	}

	private static List<PlannedStrike> strikes(long seed, int count) {
		Plan plan = new Plan(KINDS, 4, LEASE, new Random(seed));
		return Stream.generate(plan::next).limit(count).toList();
	}

}
