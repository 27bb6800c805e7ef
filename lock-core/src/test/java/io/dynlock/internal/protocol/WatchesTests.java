package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WatchesTests {

	private static final LockKey KEY = new LockKey("key");

	/** Where {@link System#nanoTime()} is about to overflow. */
	private static final long START = Math.subtractExact(Long.MAX_VALUE, 1_000);

	private static final long PATIENCE = Duration.ofMillis(9_180).toNanos();

	private final Watches watches = new Watches();

	private static LockRecord held(LockKey key, String leaseId, long version) {
		return new LockRecord(key, Optional.of(leaseId), Optional.of("somebody"), OptionalLong.of(9_000),
				OptionalLong.of(version), OptionalLong.empty(), Optional.empty());
	}

	private static LockRecord held(String leaseId, long version) {
		return held(KEY, leaseId, version);
	}

	private Optional<Sighting> runOutAfter(long nanos) {
		return this.watches.runOut(KEY, START + nanos);
	}

	@Test
	void nothingIsKnownOfALockThatWasNeverSeen() {
		assertThat(runOutAfter(0)).isEmpty();
		assertThat(this.watches.remainingNanos(KEY, START)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aLeaseRunsOutAfterItsDurationAndTwoPercent() {
		this.watches.refusedBy(held("x", 1), START);
		assertThat(this.watches.remainingNanos(KEY, START)).isEqualTo(PATIENCE);
		assertThat(runOutAfter(PATIENCE - 1)).isEmpty();
		assertThat(this.watches.remainingNanos(KEY, START + PATIENCE - 1)).isOne();
		assertThat(runOutAfter(PATIENCE)).contains(new Sighting("x", 1));
		assertThat(this.watches.remainingNanos(KEY, START + 2 * PATIENCE)).isZero();
	}

	@Test
	void seeingTheSameAgainDoesNotProlongTheWatch() {
		this.watches.refusedBy(held("x", 1), START);
		this.watches.read(held("x", 1), START + 1_000);
		this.watches.refusedBy(held("x", 1), START + 2_000);
		assertThat(runOutAfter(PATIENCE)).isPresent();
	}

	@Test
	void anotherVersionStartsTheWatchAnew() {
		this.watches.refusedBy(held("x", 1), START);
		this.watches.read(held("x", 2), START + 1_000);
		assertThat(runOutAfter(PATIENCE + 999)).isEmpty();
		assertThat(runOutAfter(PATIENCE + 1_000)).contains(new Sighting("x", 2));
	}

	@Test
	void anotherHolderStartsTheWatchAnew() {
		this.watches.refusedBy(held("x", 1), START);
		this.watches.refusedBy(held("y", 1), START + 1_000);
		assertThat(runOutAfter(PATIENCE)).isEmpty();
		assertThat(runOutAfter(PATIENCE + 1_000)).contains(new Sighting("y", 1));
	}

	@Test
	void aReadThatIsOlderThanWhatIsKnownChangesNothing() {
		this.watches.refusedBy(held("x", 2), START);
		this.watches.read(held("x", 1), START + 1_000);
		assertThat(runOutAfter(PATIENCE)).contains(new Sighting("x", 2));
	}

	@Test
	void aRefusalIsBelievedEvenIfItsVersionIsLower() {
		// where a release deletes the item, versions start again from somebody's clock
		this.watches.refusedBy(held("x", 2), START);
		this.watches.refusedBy(held("y", 1), START + 1_000);
		assertThat(runOutAfter(PATIENCE + 1_000)).contains(new Sighting("y", 1));
	}

	@Test
	void aLockWithoutALeaseIsNotWatched() {
		this.watches.refusedBy(held("x", 1), START);
		this.watches.read(new LockRecord(KEY, Optional.of("p"), Optional.empty(), OptionalLong.empty(),
				OptionalLong.of(2), OptionalLong.empty(), Optional.empty()), START);
		assertThat(this.watches.size()).isZero();
		this.watches.refusedBy(held("x", 1), START);
		this.watches.read(new LockRecord(KEY, Optional.empty(), Optional.empty(), OptionalLong.empty(),
				OptionalLong.empty(), OptionalLong.empty(), Optional.empty()), START);
		assertThat(this.watches.size()).isZero();
	}

	@Test
	void whatIsForgottenIsWatchedFromTheStart() {
		this.watches.refusedBy(held("x", 1), START);
		this.watches.forget(KEY);
		assertThat(this.watches.size()).isZero();
		this.watches.refusedBy(held("x", 1), START + 1_000);
		assertThat(runOutAfter(PATIENCE)).isEmpty();
	}

	@Test
	void aLeaseOfTenYearsDoesNotOverflow() {
		long millis = Duration.ofDays(3_650).toMillis();
		this.watches.refusedBy(new LockRecord(KEY, Optional.of("x"), Optional.empty(), OptionalLong.of(millis),
				OptionalLong.of(1), OptionalLong.empty(), Optional.empty()), START);
		assertThat(this.watches.remainingNanos(KEY, START)).isEqualTo(Duration.ofMillis(millis / 100 * 102).toNanos());
	}

	@Test
	void theLocksLongestNotLookedAtAreForgottenFirst() {
		this.watches.refusedBy(held("x", 1), START);
		LockKey second = new LockKey("second");
		this.watches.refusedBy(held(second, "x", 1), START);
		for (int i = 2; i < Watches.CAPACITY; i++) {
			this.watches.refusedBy(held(new LockKey("key-" + i), "x", 1), START);
		}
		assertThat(runOutAfter(PATIENCE)).isPresent();
		this.watches.refusedBy(held(new LockKey("one more"), "x", 1), START);
		assertThat(this.watches.size()).isEqualTo(Watches.CAPACITY);
		assertThat(runOutAfter(PATIENCE)).isPresent();
		assertThat(this.watches.runOut(second, START + PATIENCE)).isEmpty();
	}

}
