package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.time.Reading;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LockRecordTests {

	private static final LockKey KEY = new LockKey("key");

	private static final LockRecord HELD = item(Optional.of("id"), Optional.of("a\nb"), OptionalLong.of(9_000),
			OptionalLong.of(7));

	private static final LockRecord PERMANENT = item(Optional.of("id"), Optional.empty(), OptionalLong.empty(),
			OptionalLong.of(7));

	private static final LockRecord FREE = item(Optional.empty(), Optional.empty(), OptionalLong.empty(),
			OptionalLong.of(7));

	private static final LockRecord FOREIGN = item(Optional.empty(), Optional.empty(), OptionalLong.empty(),
			OptionalLong.empty());

	private static LockRecord item(Optional<String> leaseId, Optional<String> owner, OptionalLong leaseMillis,
			OptionalLong version) {
		return new LockRecord(KEY, leaseId, owner, leaseMillis, version, OptionalLong.empty(), Optional.empty());
	}

	@Test
	void aLockIsFreeWhenOnlyItsVersionIsLeft() {
		assertThat(FREE.isFree()).isTrue();
		assertThat(FREE.isForeign()).isFalse();
		assertThat(HELD.isFree() || PERMANENT.isFree() || FOREIGN.isFree()).isFalse();
	}

	@Test
	void aLockOfTheGoPackageHasNothingButItsKey() {
		assertThat(FOREIGN.isForeign()).isTrue();
		assertThat(HELD.isForeign() || PERMANENT.isForeign()).isFalse();
	}

	@Test
	void aLockIsHeldByTheAcquisitionThatItNames() {
		assertThat(HELD.isHeldBy("id")).isTrue();
		assertThat(HELD.isHeldBy("another")).isFalse();
		assertThat(FREE.isHeldBy("id") || FOREIGN.isHeldBy("id")).isFalse();
	}

	@Test
	void theHolderIsDescribedForLogs() {
		assertThat(HELD.describeHolder()).isEqualTo("'a\\u000ab' with a lease of 9000 ms, version 7");
		assertThat(PERMANENT.describeHolder()).isEqualTo("an unknown owner with no lease, version 7");
		assertThat(FOREIGN.describeHolder()).isEqualTo("an unknown owner with no lease");
		assertThat(FREE.describeHolder()).isEqualTo("nobody");
	}

	@ParameterizedTest
	@EnumSource
	void aGrantSaysWhatTheTableWould(Holding holding) {
		Reading now = new Reading(1, 1_700_000_000_000L);
		Grant grant = new Grant(KEY, "id", 7, holding, 9_000, new Validity(now, Duration.ofSeconds(9).toNanos()));

		assertThat(grant.toRecord(Wish.aTry().holding(holding).terms("a")))
			.isEqualTo(new LockRecord(KEY, Optional.of("id"), Optional.of("a"),
					(holding == Holding.PERMANENT) ? OptionalLong.empty() : OptionalLong.of(9_000), OptionalLong.of(7),
					OptionalLong.of(1_700_000_000_000L), Optional.empty()));
	}

}
