package io.dynlock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a process knows of the locks that it holds itself.
 */
@Timeout(60)
class HeldLockTests {

	private static final LockOptions OPTIONS = LockBed.QUICK.toBuilder().name("deployments").build();

	@RegisterExtension
	final LockBed bed = new LockBed();

	private final Node node = this.bed.node();

	private final DistributedLockTemplate locks = this.node.locks();

	private HeldLock only() {
		assertThat(this.locks.held()).hasSize(1);
		return this.locks.held().get(0);
	}

	@Test
	void showsWhoHasWhatSinceWhenAndUntilWhen() {
		Instant before = Instant.now().minusMillis(1);
		Lease lease = this.locks.acquire("deployment:prod", OPTIONS);

		HeldLock held = only();

		assertThat(held.key()).isEqualTo("deployment:prod");
		assertThat(held.name()).isEqualTo("deployments");
		assertThat(held.fencingToken()).isEqualTo(lease.fencingToken());
		assertThat(held.since()).isBetween(before, Instant.now());
		assertThat(held.validUntil()).hasValueSatisfying((end) -> assertThat(end)
			.isBetween(before.plus(OPTIONS.leaseDuration()), Instant.now().plus(OPTIONS.leaseDuration())));
		assertThat(held.waiters()).isZero();
	}

	@Test
	void makesNoRequest() {
		this.locks.acquire("deployment", OPTIONS);
		this.node.wire().reset();

		assertThat(this.locks.held()).hasSize(1);

		assertThat(this.node.wire().sent()).isEmpty();
	}

	@Test
	void aLockThatWasReleasedOrLostIsNotShown() {
		this.locks.acquire("released", OPTIONS).release();
		this.locks.acquire("lost", OPTIONS);
		this.locks.forceRelease("lost");

		assertThat(this.locks.held()).isEmpty();
	}

	@Test
	void aPermanentLockHasNoEnd() {
		this.locks.acquire("deployment", OPTIONS.toBuilder().leaseMode(LeaseMode.PERMANENT).build());

		assertThat(only().validUntil()).isEmpty();
	}

	@Test
	void aLockWhoseReleaseIsDelayedIsStillShown() {
		LockOptions options = OPTIONS.toBuilder().minHold(Duration.ofMinutes(5)).build();
		this.locks.acquire("deployment", options).release();

		assertThat(only().validUntil()).hasValueSatisfying((end) -> assertThat(end).isAfter(Instant.now()));
	}

	@Test
	void codeThatEntersItsLockAgainHoldsItOnce() {
		this.locks.executeWithoutResult("deployment",
				(outer) -> this.locks.executeWithoutResult("deployment", (inner) -> only()));
	}

	@ParameterizedTest
	@EnumSource(names = { "RENEWED", "PERMANENT" })
	void theWaitersAreThoseOfThisProcess(LeaseMode mode) {
		LockOptions options = OPTIONS.toBuilder().leaseMode(mode).build();
		Lease lease = this.locks.acquire("deployment", options);
		List<Background<Boolean>> waiters = List.of(waiter(this.locks), waiter(this.locks));
		Background<Boolean> elsewhere = waiter(this.bed.node().locks());

		await().untilAsserted(() -> assertThat(only().waiters()).isEqualTo(2));

		lease.release();
		assertThat(waiters).allSatisfy((waiter) -> assertThat(waiter.get()).isTrue());
		assertThat(elsewhere.get()).isTrue();
	}

	private static Background<Boolean> waiter(DistributedLockTemplate locks) {
		return Background.start(() -> locks.acquire("deployment", OPTIONS).release());
	}

	@Test
	void aLeaseThatWasHandedOnIsShownWithTheTokenOfItsNewHolder() {
		Lease first = this.locks.acquire("deployment", OPTIONS);
		Background<Lease> second = Background.start(() -> this.locks.acquire("deployment", OPTIONS));
		await().until(() -> only().waiters() == 1);
		first.release();

		long token = second.get().fencingToken();

		assertThat(token).isEqualTo(first.fencingToken() + 1);
		assertThat(only().fencingToken()).isEqualTo(token);
		assertThat(only().waiters()).isZero();
	}

	@Test
	void severalLocksAreShownAtOnce() {
		this.locks.acquire("a", OPTIONS);
		this.locks.acquire("b", OPTIONS);

		assertThat(this.locks.held()).extracting(HeldLock::key).containsExactlyInAnyOrder("a", "b");
		assertThat(this.bed.node().locks().held()).isEmpty();
	}

	/** The table knows more: what others hold. */
	@Test
	void whatTheGoPackageHoldsIsNotHeldHere() {
		this.locks.status("warm-up");
		this.bed.raw().put("foreign", Map.of());

		assertThat(this.locks.held()).isEmpty();
		assertThat(this.locks.list()).hasSize(1);
	}

}
