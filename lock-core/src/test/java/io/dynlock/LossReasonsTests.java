package io.dynlock;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.TableFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The tag and the words of each loss.
 */
class LossReasonsTests {

	private static final LockRecord HOLDER = new LockRecord(new LockKey("key"), Optional.of("id"),
			Optional.of("somebody"), OptionalLong.of(9_000), OptionalLong.of(7), OptionalLong.empty(),
			Optional.empty());

	private static final TableFailure FAILURE = new TableFailure(TableFailure.Kind.NO_ANSWER, "No answer in time");

	private static Loss loss(Loss.Cause cause) {
		return new Loss(cause, Optional.empty(), Optional.empty());
	}

	static Stream<Arguments> losses() {
		return Stream.of(arguments(loss(Loss.Cause.EXPIRED), "expired", "the lease ran out"),
				arguments(new Loss(Loss.Cause.UNREACHABLE, Optional.empty(), Optional.of(FAILURE)), "unreachable",
						"the lease could not be renewed: No answer in time"),
				arguments(new Loss(Loss.Cause.TAKEN, Optional.of(HOLDER), Optional.empty()), "taken",
						"the lock was taken by somebody"),
				arguments(loss(Loss.Cause.FORCE_RELEASED), "force_released", "the lock was released by name"),
				arguments(loss(Loss.Cause.CLOSED), "closed", "the lock client was closed"));
	}

	@ParameterizedTest
	@MethodSource("losses")
	void haveATagForMetricsAndWordsForPeople(Loss loss, String tag, String words) {
		assertThat(LossReasons.of(loss).tag()).isEqualTo(tag);
		assertThat(LossReasons.of(loss)).hasToString(words);
	}

	@Test
	void tellWhatIsKnown() {
		assertThat(LossReasons.of(new Loss(Loss.Cause.UNREACHABLE, Optional.empty(), Optional.of(FAILURE))))
			.isEqualTo(new LossReason.Unreachable("No answer in time", Optional.empty()));
		assertThat(LossReasons.of(new Loss(Loss.Cause.TAKEN, Optional.of(HOLDER), Optional.empty())))
			.isEqualTo(new LossReason.Taken(LockStatus.of(HOLDER)));
	}

}
