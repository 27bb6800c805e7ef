package io.dynlock.internal.protocol;

import io.dynlock.internal.time.Reading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ValidityTests {

	/** Where the monotonic clock is about to overflow. */
	private static final Reading START = new Reading(Long.MAX_VALUE - 5, 1_000_000);

	private static final long LEASE = 9_000_000_000L;

	private final Validity validity = new Validity(START, LEASE);

	private static Reading after(long nanos, long millis) {
		return new Reading(START.nanos() + nanos, START.wallMillis() + millis);
	}

	@Test
	void holdsUntilEitherClockSaysThatItIsOver() {
		assertThat(this.validity.holds(after(LEASE - 1, 8_999))).isTrue();
		assertThat(this.validity.holds(after(LEASE, 0))).isFalse();
		assertThat(this.validity.holds(after(0, 9_000))).isFalse();
	}

	@Test
	void onlyTheMonotonicClockEndsIt() {
		assertThat(this.validity.hasRunOut(after(LEASE - 1, 1_000_000))).isFalse();
		assertThat(this.validity.isSuspect(after(LEASE - 1, 1_000_000))).isTrue();
		assertThat(this.validity.hasRunOut(after(LEASE, 0))).isTrue();
		assertThat(this.validity.isSuspect(after(LEASE, 0))).isFalse();
	}

	@Test
	void renewalCountsFromBeforeItWasSent() {
		Validity renewed = this.validity.renewed(after(3_000, 3));
		assertThat(renewed).isEqualTo(new Validity(after(3_000, 3), LEASE));
	}

	@Test
	void anOlderRenewalChangesNothing() {
		Validity renewed = this.validity.renewed(after(3_000, 3));
		assertThat(renewed.renewed(after(2_000, 2))).isEqualTo(renewed);
	}

	@Test
	void confirmationKeepsTheEndAndBelievesTheWallClockAnew() {
		Reading jumped = after(4_000_000_000L, 3_600_000);
		Validity confirmed = this.validity.confirmed(jumped);
		assertThat(confirmed.remainingNanos(jumped)).isEqualTo(5_000_000_000L);
		assertThat(confirmed.holds(jumped)).isTrue();
		assertThat(confirmed.isSuspect(after(8_999_000_000L, 3_604_999))).isFalse();
		assertThat(confirmed.isSuspect(after(9_000_000_000L, 3_605_000))).isTrue();
	}

	@Test
	void endlessnessDependsOnNoClock() {
		Validity endless = new Validity(START, Validity.ENDLESS);
		Reading late = after(Long.MAX_VALUE, Long.MAX_VALUE / 2);
		assertThat(endless.holds(late)).isTrue();
		assertThat(endless.remainingNanos(late)).isEqualTo(Validity.ENDLESS);
	}

}
