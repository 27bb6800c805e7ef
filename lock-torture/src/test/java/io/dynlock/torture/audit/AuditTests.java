package io.dynlock.torture.audit;

import java.time.Duration;
import java.util.List;

import io.dynlock.torture.evidence.FaultKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AuditTests {

	private static final int LONGEST_OUTAGE_MILLIS = 5000;

	private final Audit audit = new Audit(Duration.ofSeconds(1), Duration.ofMillis(LONGEST_OUTAGE_MILLIS));

	private final Story story = new Story();

	@Test
	void sectionsOneAfterTheOtherBreakNothing() {
		this.story.section("a", 1, 0, 100, 1).section("b", 2, 100, 200, 2).kept("a").kept("b");
		assertThat(found()).isEmpty();
	}

	@Test
	void aStaleWriteThatWasRefusedBreaksNothing() {
		this.story.begin("a", 1, 0)
			.section("b", 2, 3000, 3100, 1)
			.end("a", 1, 3200, 1, false, false)
			.section("c", 3, 3300, 3400, 2);
		assertThat(found()).isEmpty();
	}

	@Test
	void aHolderThatWasKilledInItsSectionBreaksNothing() {
		this.story.begin("a", 1, 0).section("b", 2, 3000, 3100, 1);
		assertThat(found()).isEmpty();
	}

	@Test
	void twoLeasesThatAreValidAtOnceAreFoundEvenIfOneIsRefused() {
		this.story.begin("a", 1, 0).begin("b", 2, 50).end("a", 1, 100, 1, true, false).end("b", 2, 150, 1, true, true);
		assertThat(found()).containsExactly(Violation.Kind.TWO_HOLDERS);
	}

	@Test
	void anAcceptedSectionThatBeginsWithinAnotherIsFound() {
		this.story.begin("a", 2, 0).begin("b", 3, 50).end("a", 3, 100, 1, false, true).end("b", 4, 150, 2, false, true);
		assertThat(found()).containsExactly(Violation.Kind.OVERLAP);
	}

	@Test
	void aWriteWithinAnAcceptedSectionIsFound() {
		this.story.begin("a", 1, 0)
			.begin("b", 2, 3000)
			.end("a", 2, 3050, 1, false, true)
			.end("b", 2, 3100, 2, true, true);
		assertThat(found()).contains(Violation.Kind.OVERLAP);
	}

	@Test
	void aHolderThatLosesItsLeaseInALongSectionBreaksNothing() {
		this.story.begin("a", 1, 0)
			.within("a", 1, 100, true, true)
			.within("a", 1, 2100, false, true)
			.section("b", 2, 2200, 2300, 1)
			.within("a", 1, 2400, false, false);
		assertThat(found()).isEmpty();
	}

	@Test
	void aLeaseThatIsGrantedWhileALongSectionStillHasItsOwnIsFoundEvenIfThatNeverEnds() {
		this.story.begin("a", 1, 0).within("a", 1, 100, true, true).section("b", 2, 120, 160, 1);
		assertThat(found()).isEmpty();
		this.story.within("a", 1, 200, true, false);
		assertThat(found()).containsExactly(Violation.Kind.TWO_HOLDERS);
	}

	@Test
	void aWriteOfALongSectionAfterAnotherHasBegunIsFoundEvenIfNeitherEnds() {
		this.story.begin("a", 1, 0).begin("b", 2, 3000).within("a", 2, 3050, false, true);
		assertThat(found()).containsExactly(Violation.Kind.OVERLAP);
	}

	@Test
	void aTokenThatDoesNotRiseIsFound() {
		this.story.section("a", 7, 0, 100, 1).section("b", 7, 200, 300, 2);
		assertThat(found()).containsExactly(Violation.Kind.TOKEN_ORDER);
	}

	@Test
	void aLostUpdateIsFound() {
		this.story.section("a", 1, 0, 100, 1).section("b", 2, 200, 300, 1);
		assertThat(found()).containsOnly(Violation.Kind.WRONG_SUM);
	}

	@Test
	void aValueThatTheResourceDoesNotHaveInTheEndIsFound() {
		this.story.section("a", 1, 0, 100, 1).section("b", 2, 200, 300, 2).value(1);
		assertThat(found()).containsExactly(Violation.Kind.WRONG_SUM);
	}

	@Test
	void aValueThatWasToldToBeKeptAndWasNotIsFound() {
		this.story.begin("a", 1, 0).kept("a");
		assertThat(found()).containsExactly(Violation.Kind.WRONG_SUM);
	}

	@Test
	void aLossThatItsHolderWasNotToldOfIsFound() {
		this.story.untold("a");
		assertThat(found()).containsExactly(Violation.Kind.UNTOLD_LOSS);
	}

	@Test
	void anUnexpectedFailureIsFound() {
		this.story.failed("java.lang.IllegalStateException");
		assertThat(found()).containsExactly(Violation.Kind.FAILURE);
	}

	@Test
	void aLockThatNobodyUsesAndNobodyGetsIsFound() {
		this.story.waited(0, 1000, 1001 + LONGEST_OUTAGE_MILLIS);
		assertThat(found()).containsExactly(Violation.Kind.UNAVAILABLE);
	}

	@Test
	void aWaitThatIsShortEnoughBreaksNothing() {
		this.story.waited(0, 1000, 1000 + LONGEST_OUTAGE_MILLIS);
		assertThat(found()).isEmpty();
	}

	@Test
	void aWaitIsAsMuchLongerAsTheMachineStoodStillMeanwhile() {
		this.story.waited(0, 1000, 1000 + LONGEST_OUTAGE_MILLIS + 700).stalled(500, 900).stalled(2000, 2700);
		assertThat(found()).isEmpty();
	}

	@Test
	void aWaitThatIsLongerThanAStallExplainsIsFound() {
		this.story.waited(0, 1000, 1001 + LONGEST_OUTAGE_MILLIS + 700).stalled(300, 900).stalled(600, 1700);
		assertThat(found()).containsExactly(Violation.Kind.UNAVAILABLE);
	}

	@Test
	void aLongWaitForALockThatOthersUseBreaksNothing() {
		this.story.waited(0, 1000, 9000).section("a", 1, 1000, 5000, 1).section("b", 2, 6000, 9000, 2);
		assertThat(found()).isEmpty();
	}

	@Test
	void aLongWaitOfAWorkerThatIsStruckMeanwhileBreaksNothing() {
		this.story.waited(0, 1000, 9000).struck(FaultKind.CUT_LONG, 0, 2000, 5000);
		assertThat(found()).isEmpty();
	}

	@Test
	void aLongWaitWhileTheTableIsOutOfEverybodysReachBreaksNothing() {
		this.story.waited(0, 1000, 9000).waited(1, 1000, 9000);
		for (int worker = 0; worker < 2; worker++) {
			this.story.struck(FaultKind.BLACKOUT, worker, 4000, 6000);
		}
		assertThat(found()).isEmpty();
	}

	@Test
	void theLeaseOfADeadHolderCountsFromItsLastWriteToTheTable() {
		this.story.acquired(1, "lease", 3000)
			.struck(FaultKind.KILLED, 1, 2900, 4000)
			.waited(0, 1000, 3000 + LONGEST_OUTAGE_MILLIS);
		assertThat(found()).isEmpty();
	}

	@Test
	void theLockOfADeadHolderThatNobodyGetsIsFound() {
		this.story.acquired(1, "lease", 3000)
			.struck(FaultKind.KILLED, 1, 2900, 4000)
			.waited(0, 1000, 3001 + LONGEST_OUTAGE_MILLIS);
		assertThat(found()).containsExactly(Violation.Kind.UNAVAILABLE);
	}

	@Test
	void theLockOfAHealthyHolderThatDoesNothingWithItIsFound() {
		this.story.acquired(1, "lease", 3000).renewed(1, "lease", 6000).waited(0, 1000, 8000);
		assertThat(found()).containsExactly(Violation.Kind.UNAVAILABLE);
	}

	@Test
	void aLeaseThatIsRenewedThoughNobodyHasItIsFound() {
		this.story.struck(FaultKind.ANSWER_DROPPED, 1, 900, 2000)
			.acquired(1, "lease", 1000)
			.renewed(1, "lease", 8000)
			.waited(0, 1000, 9000);
		assertThat(found()).containsExactly(Violation.Kind.UNAVAILABLE);
	}

	private List<Violation.Kind> found() {
		return this.audit.judge(this.story.evidence()).stream().map(Violation::kind).toList();
	}

}
