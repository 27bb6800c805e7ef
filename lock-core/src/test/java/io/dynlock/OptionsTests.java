package io.dynlock;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options are values: what they say is what was set, and nothing else tells them apart.
 */
class OptionsTests {

	static Stream<UnaryOperator<LockOptions.Builder>> changes() {
		return Stream.of((options) -> options.name("n"), (options) -> options.waitTimeout(Duration.ofSeconds(1)),
				LockOptions.Builder::waitForever, (options) -> options.maxRetries(3),
				(options) -> options.sleepBetweenRetries(Duration.ofMillis(1)),
				(options) -> options.maxSleepBetweenRetries(Duration.ofMillis(1)),
				(options) -> options.leaseDuration(Duration.ofSeconds(1)),
				(options) -> options.leaseMode(LeaseMode.FIXED), (options) -> options.minHold(Duration.ofSeconds(1)),
				(options) -> options.note("a note"), (options) -> options.onLoss(LossPolicy.LOG));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void lockOptionsAreEqualWhenTheySayTheSame(UnaryOperator<LockOptions.Builder> change) {
		LockOptions changed = change.apply(LockOptions.builder()).build();

		assertThat(changed).isEqualTo(change.apply(LockOptions.builder()).build())
			.hasSameHashCodeAs(change.apply(LockOptions.builder()).build())
			.isEqualTo(changed.toBuilder().build())
			.isNotEqualTo(LockOptions.withDefaults())
			.doesNotHaveSameHashCodeAs(LockOptions.withDefaults())
			.isNotEqualTo("options");
		assertThat(changed.toString()).isNotEqualTo(LockOptions.withDefaults().toString());
	}

	@Test
	void lockOptionsSayWhatWasSet() {
		LockOptions options = LockOptions.builder()
			.name("nightly")
			.waitTimeout(Duration.ofSeconds(1))
			.maxRetries(2)
			.sleepBetweenRetries(Duration.ofSeconds(3))
			.maxSleepBetweenRetries(Duration.ofSeconds(4))
			.leaseDuration(Duration.ofSeconds(5))
			.leaseMode(LeaseMode.FIXED)
			.minHold(Duration.ofSeconds(6))
			.note("a note")
			.onLoss(LossPolicy.INTERRUPT)
			.build();

		assertThat(options.name()).isEqualTo("nightly");
		assertThat(options.waitTimeout()).contains(Duration.ofSeconds(1));
		assertThat(options.maxRetries()).hasValue(2);
		assertThat(options.sleepBetweenRetries()).isEqualTo(Duration.ofSeconds(3));
		assertThat(options.maxSleepBetweenRetries()).isEqualTo(Duration.ofSeconds(4));
		assertThat(options.leaseDuration()).isEqualTo(Duration.ofSeconds(5));
		assertThat(options.leaseMode()).isEqualTo(LeaseMode.FIXED);
		assertThat(options.minHold()).isEqualTo(Duration.ofSeconds(6));
		assertThat(options.note()).contains("a note");
		assertThat(options.onLoss()).isEqualTo(LossPolicy.INTERRUPT);
		assertThat(options).hasToString("LockOptions[name=nightly, waitTimeout=PT1S, maxRetries=2,"
				+ " sleepBetweenRetries=PT3S, maxSleepBetweenRetries=PT4S, leaseDuration=PT5S, leaseMode=FIXED,"
				+ " minHold=PT6S, note=a note, onLoss=INTERRUPT]");
	}

	@Test
	void aWaitHasALimitUnlessSomethingElseEndsItOrNothingIsTo() {
		assertThat(LockOptions.withDefaults().waitTimeout()).contains(Duration.ofSeconds(60));
		assertThat(LockOptions.withDefaults().maxRetries()).isEqualTo(OptionalInt.empty());
		assertThat(LockOptions.builder().maxRetries(0).build().waitTimeout()).isEmpty();
		assertThat(LockOptions.builder().waitForever().build().waitTimeout()).isEmpty();
		assertThat(LockOptions.builder().waitForever().waitTimeout(Duration.ZERO).build().waitTimeout())
			.contains(Duration.ZERO);
		assertThat(LockOptions.builder().waitTimeout(Duration.ZERO).waitForever().build()).asString()
			.contains("waitTimeout=unlimited, maxRetries=unlimited");
	}

	@Test
	void tableOptionsSayWhatWasSet() {
		TableOptions options = TableOptions.builder()
			.table("locks")
			.creation(TableCreation.VALIDATE)
			.tags(Map.of("team", "platform"))
			.deletionProtection(true)
			.timeToLive(false)
			.activeTimeout(Duration.ofSeconds(1))
			.releaseMode(ReleaseMode.DELETE)
			.retention(Duration.ofHours(2))
			.requestTimeout(Duration.ofSeconds(3))
			.build();

		assertThat(options.table()).isEqualTo("locks");
		assertThat(options.creation()).isEqualTo(TableCreation.VALIDATE);
		assertThat(options.tags()).containsExactly(Map.entry("team", "platform"));
		assertThat(options.deletionProtection()).isTrue();
		assertThat(options.timeToLive()).isFalse();
		assertThat(options.activeTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(options.releaseMode()).isEqualTo(ReleaseMode.DELETE);
		assertThat(options.retention()).isEqualTo(Duration.ofHours(2));
		assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void tableOptionsHaveTheDefaultsThatAreDocumented() {
		TableOptions options = TableOptions.withDefaults();

		assertThat(options.table()).isEqualTo("dynlock");
		assertThat(options.creation()).isEqualTo(TableCreation.CREATE);
		assertThat(options.tags()).isEmpty();
		assertThat(options.deletionProtection()).isFalse();
		assertThat(options.timeToLive()).isTrue();
		assertThat(options.activeTimeout()).isEqualTo(Duration.ofSeconds(60));
		assertThat(options.releaseMode()).isEqualTo(ReleaseMode.RETAIN);
		assertThat(options.retention()).isEqualTo(Duration.ofDays(7));
		assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
	}

}
