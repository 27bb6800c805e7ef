package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dynlock.testing.HolderProcess;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Fencing tokens only ever rise, whatever happens between two grants.
 */
class FencingTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	private Node node(ReleaseMode mode) {
		return this.bed.node((builder) -> builder.tableOptions(this.bed.tableOptions().releaseMode(mode).build()));
	}

	private static void assertRising(List<Long> tokens) {
		assertThat(tokens).isSorted().doesNotHaveDuplicates().allSatisfy((token) -> assertThat(token).isPositive());
	}

	@ParameterizedTest
	@EnumSource(ReleaseMode.class)
	void tokensRiseFromReleaseToRelease(ReleaseMode mode) {
		List<Node> nodes = List.of(node(mode), node(mode), node(mode));
		List<Long> tokens = new ArrayList<>();

		for (int i = 0; i < 12; i++) {
			Lease lease = nodes.get(i % 3).locks().acquire("deployment");
			tokens.add(lease.fencingToken());
			lease.release();
		}

		assertRising(tokens);
	}

	@ParameterizedTest
	@EnumSource(ReleaseMode.class)
	void tokensRiseThoughALeaseIsRenewedOftenAndReleasedByName(ReleaseMode mode) {
		Node first = node(mode);
		Node second = node(mode);
		List<Long> tokens = new ArrayList<>();

		for (int i = 0; i < 3; i++) {
			Lease lease = first.locks().acquire("deployment");
			tokens.add(lease.fencingToken());
			for (int renewals = 0; renewals < 5; renewals++) {
				lease.renew();
			}
			assertThat(lease.fencingToken()).isEqualTo(tokens.get(tokens.size() - 1));
			second.locks().forceRelease("deployment");
			// so that it learns of its loss before it wants the lock again
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);
			Lease next = second.locks().acquire("deployment");
			tokens.add(next.fencingToken());
			next.release();
		}

		assertRising(tokens);
	}

	@ParameterizedTest
	@EnumSource(ReleaseMode.class)
	void tokensRiseOverATakeOver(ReleaseMode mode) {
		Node first = node(mode);
		Node second = node(mode);
		Lease lease = first.locks()
			.acquire("deployment", LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(600)).build());
		await().until(() -> first.events().renewals().size() >= 2);
		first.die();

		assertRising(List.of(lease.fencingToken(), second.locks().acquire("deployment").fencingToken()));
	}

	@Test
	void tokensRiseThoughTheItemIsRemovedByTheTableItself() {
		Node node = this.bed.node();
		List<Long> tokens = new ArrayList<>();

		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 3; j++) {
				Lease lease = node.locks().acquire("deployment");
				tokens.add(lease.fencingToken());
				lease.release();
			}
			this.bed.raw().delete("deployment");
		}

		assertRising(tokens);
	}

	@Test
	void tokensRiseThoughTheTableIsMadeAnew() {
		Node node = this.bed.node();
		Lease lease = node.locks().acquire("deployment");
		lease.release();
		this.bed.raw().drop();

		assertRising(List.of(lease.fencingToken(), node.locks().acquire("deployment").fencingToken()));
	}

	@Test
	void tokensRiseFromProcessToProcess() throws Exception {
		Node node = this.bed.node();
		Lease before = node.locks().acquire("deployment");
		before.release();
		try (HolderProcess process = HolderProcess.start(this.bed.endpoint(), this.bed.table(), "deployment",
				Duration.ofMillis(1500))) {
			long token = process.awaitToken();
			node.locks().forceRelease("deployment");

			assertRising(List.of(before.fencingToken(), token, node.locks().acquire("deployment").fencingToken()));
		}
	}

}
