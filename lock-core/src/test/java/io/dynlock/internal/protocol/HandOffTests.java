package io.dynlock.internal.protocol;

import java.util.Optional;

import io.dynlock.internal.time.Reading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandOffTests {

	private static final LockKey KEY = new LockKey("key");

	private static final Terms TERMS = new Terms("owner", Holding.RENEWED, 1000, Optional.empty(), Terms.FOREVER,
			Terms.UNLIMITED, 1, 1);

	private final HandOff handOff = new HandOff(3, 1600);

	@Test
	void aLockIsKeptForASixteenthFirstAndAgainWhenOthersTookIt() {
		assertThat(this.handOff.keepNanos(0, false)).isEqualTo(100);
		assertThat(this.handOff.keepNanos(1600, true)).isEqualTo(100);
	}

	@Test
	void aLockThatNobodyTookIsKeptFourTimesAsLong() {
		assertThat(this.handOff.keepNanos(100, false)).isEqualTo(400);
		assertThat(this.handOff.keepNanos(400, false)).isEqualTo(1600);
		assertThat(this.handOff.keepNanos(1600, false)).isEqualTo(1600);
		assertThat(this.handOff.keepNanos(1, false)).isEqualTo(100);
	}

	@Test
	void aLockIsHandedOnSoOften() {
		assertThat(this.handOff.allows(tenure(2), 1000)).isTrue();
		assertThat(this.handOff.allows(tenure(3), 1000)).isFalse();
		assertThat(new HandOff(0, 1600).allows(tenure(0), 1000)).isFalse();
	}

	@Test
	void aLockIsHandedOnForSoLongSinceItsAcquisition() {
		assertThat(this.handOff.allows(tenure(0), 1099)).isTrue();
		assertThat(this.handOff.allows(tenure(0), 1100)).isFalse();
	}

	/** Acquired at 1000, and to be kept for 100. */
	private static Tenure tenure(int handOns) {
		Place place = new Place(KEY, TERMS);
		HeldLease lease = new HeldLease(
				new Grant(KEY, "id", 1, Holding.RENEWED, 1000, new Validity(new Reading(1000, 0), 1_000_000)), place);
		return new Tenure(lease, place, handOns, 100);
	}

}
