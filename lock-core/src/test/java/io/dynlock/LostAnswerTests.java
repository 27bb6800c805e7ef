package io.dynlock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Writes that took effect although their answer never arrived: afterwards, no lock is
 * held that nobody knows of, and none is believed in that is not held.
 */
class LostAnswerTests {

	/** The SDK of a node sends a request so often. */
	private static final int SDK_ATTEMPTS = 3;

	private static final LockOptions NO_WAIT = LockBed.QUICK.toBuilder().waitTimeout(Duration.ZERO).build();

	@RegisterExtension
	final LockBed bed = new LockBed();

	private LockBed bed() {
		return this.bed;
	}

	private Node node(ReleaseMode mode) {
		Node node = this.bed.node((builder) -> builder.tableOptions(this.bed.tableOptions().releaseMode(mode).build()));
		node.locks().status("warm-up");
		return node;
	}

	static Stream<Fault> faults() {
		return Stream.of(Fault.ANSWER_LOST, Fault.ANSWERED_500);
	}

	static Stream<Arguments> faultsInBothModes() {
		return faults().flatMap((fault) -> Stream.of(ReleaseMode.values()).map((mode) -> Arguments.of(fault, mode)));
	}

	private void assertFreeAtLast(Node node) {
		await().until(() -> !node.locks().status("deployment").isHeld());
		assertThat(this.bed.node().locks().tryAcquire("deployment")).isPresent();
	}

	@Nested
	class OfAnAcquisition {

		/** The first attempt may yet arrive, although another holds the lock by now. */
		@Test
		void areSaidToBeUnknownWhenTheLastAnswerIsARefusal() {
			bed().node().locks().acquire("deployment");
			Node node = bed().preparedNode();
			node.wire().next(1, Sent.ACQUIRE, Fault.TIMEOUT);

			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", NO_WAIT))
				.withMessageContaining("may yet take effect")
				.satisfies((ex) -> assertThat(ex.isOutcomeUnknown()).isTrue());

			await().until(() -> node.wire().count(Sent.RELEASE) > 0);
		}

		@Test
		void areKnownWhenEachRequestWasAnswered() {
			bed().node().locks().acquire("deployment");
			Node node = bed().preparedNode();

			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", NO_WAIT))
				.satisfies((ex) -> assertThat(ex.isOutcomeUnknown()).isFalse());
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faults")
		void areMadeUpForByTheRetryOfTheSdk(Fault fault) {
			Node node = bed().preparedNode();
			node.wire().next(1, Sent.ACQUIRE, fault);

			Lease lease = node.locks().acquire("deployment");

			assertThat(lease.isValid()).isTrue();
			assertThat(node.wire().count(Sent.ACQUIRE)).isEqualTo(2);
			assertThat(node.events().attempts()).hasSize(1);
			assertThat(lease.fencingToken() >> 16).isEqualTo(node.locks().status("deployment").version().orElseThrow());
			assertThat(bed().node().locks().tryAcquire("deployment")).isEmpty();
			assertThat(lease.release()).isTrue();
			assertFreeAtLast(node);
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faults")
		void areMadeUpForByTheNextAttemptWhenTheSdkGivesUp(Fault fault) {
			Node node = bed().preparedNode();
			node.wire().next(SDK_ATTEMPTS, Sent.ACQUIRE, fault);

			Lease lease = node.locks().acquire("deployment");

			assertThat(node.events().attempts()).containsExactly(LockListener.Outcome.FAILED,
					LockListener.Outcome.ACQUIRED);
			// nothing that was left behind may release it
			lease.renew();
			assertThat(lease.isValid()).isTrue();
			assertThat(node.wire().count(Sent.RELEASE)).isZero();
			assertThat(lease.release()).isTrue();
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faultsInBothModes")
		void leaveNoLockBehindWhenTheCallerGivesUp(Fault fault, ReleaseMode mode) {
			Node node = node(mode);
			node.wire().next(SDK_ATTEMPTS, Sent.ACQUIRE, fault);

			assertThatExceptionOfType(LockTableException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", NO_WAIT))
				.withMessageContaining("UpdateItem on the table '" + bed().table() + "' failed")
				.satisfies((ex) -> assertThat(ex.isOutcomeUnknown()).isTrue());

			assertFreeAtLast(node);
		}

		@Test
		void leaveNoLockBehindWhenTheReleaseHasToWait() {
			Node node = bed().preparedNode();
			node.wire().next(SDK_ATTEMPTS, Sent.ACQUIRE, Fault.ANSWER_LOST);
			node.wire().next(2 * SDK_ATTEMPTS, Sent.RELEASE, Fault.UNREACHABLE);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().tryAcquire("deployment"));

			assertFreeAtLast(node);
			assertThat(node.wire().count(Sent.RELEASE)).isGreaterThan(2 * SDK_ATTEMPTS);
		}

		@Test
		void endAsALeaseThatOthersOutwaitWhenTheProcessDies() {
			Node node = bed().preparedNode();
			node.wire().always(Sent.ACQUIRE, Fault.ANSWER_LOST);
			node.wire().always(Sent.RELEASE, Fault.UNREACHABLE);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks()
				.acquire("deployment", NO_WAIT.toBuilder().leaseDuration(Duration.ofMillis(500)).build()));

			assertThat(bed().node().locks().tryAcquire("deployment")).isEmpty();
			assertThat(bed().node().locks().acquire("deployment").isValid()).isTrue();
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faults")
		void ofAPermanentLockAreMadeUpFor(Fault fault) {
			Node node = bed().preparedNode();
			node.wire().next(1, Sent.ACQUIRE, fault);
			node.wire().next(SDK_ATTEMPTS + 1, Sent.SETTLE, fault);

			Lease lease = node.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().leaseMode(LeaseMode.PERMANENT).build());

			assertThat(node.locks().status("deployment").isHeld()).isTrue();
			assertThat(node.locks().status("deployment").leaseDuration()).isEmpty();
			assertThat(lease.release()).isTrue();
			assertFreeAtLast(node);
		}

		@Test
		void ofAPermanentLockLeaveNoneBehind() {
			Node node = bed().preparedNode();
			node.wire().always(Sent.SETTLE, Fault.ANSWER_LOST);
			LockOptions options = NO_WAIT.toBuilder()
				.leaseMode(LeaseMode.PERMANENT)
				.leaseDuration(Duration.ofMillis(500))
				.build();

			assertThatExceptionOfType(LockTableException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", options));

			assertFreeAtLast(node);
		}

	}

	@Nested
	class OfARenewal {

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faults")
		void areMadeUpForByTheRetryOfTheSdk(Fault fault) {
			Node node = bed().preparedNode();
			Lease lease = node.locks().acquire("deployment");
			node.wire().next(1, Sent.RENEW, fault);

			lease.renew();

			assertThat(lease.isValid()).isTrue();
			assertThat(node.wire().count(Sent.RENEW)).isEqualTo(2);
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faults")
		void areMadeUpForByTheNextRenewalWhenTheSdkGivesUp(Fault fault) {
			Node node = bed().preparedNode();
			Lease lease = node.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(1500)).build());
			node.wire().next(SDK_ATTEMPTS, Sent.RENEW, fault);

			await().until(() -> node.events().renewals().contains(true));

			assertThat(node.events().renewals()).startsWith(false);
			assertThat(node.events().losses()).isEmpty();
			assertThat(lease.isValid()).isTrue();
		}

		@Test
		void areReportedToWhoeverRenewsByHandAndLoseNothing() {
			Node node = bed().preparedNode();
			Lease lease = node.locks().acquire("deployment");
			node.wire().next(SDK_ATTEMPTS, Sent.RENEW, Fault.ANSWER_LOST);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::renew);

			assertThat(lease.isValid()).isTrue();
			assertThat(lease.release()).isTrue();
		}

	}

	@Nested
	class OfARelease {

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faultsInBothModes")
		void areMadeUpForByTheRetryOfTheSdk(Fault fault, ReleaseMode mode) {
			Node node = node(mode);
			Lease lease = node.locks().acquire("deployment");
			node.wire().next(1, Sent.RELEASE, fault);

			assertThat(lease.release()).isTrue();

			assertThat(node.wire().count(Sent.RELEASE)).isEqualTo(2);
			assertThat(node.events().losses()).isEmpty();
			assertThat(node.events().released()).containsExactly("deployment");
			assertFreeAtLast(node);
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LostAnswerTests#faultsInBothModes")
		void areReportedWhenTheSdkGivesUpAndMadeUpForInTheBackground(Fault fault, ReleaseMode mode) {
			Node node = node(mode);
			Lease lease = node.locks().acquire("deployment");
			node.wire().next(SDK_ATTEMPTS, Sent.RELEASE, fault);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::release)
				.satisfies((ex) -> assertThat(ex.isOutcomeUnknown()).isTrue());

			assertThat(lease.isValid()).isFalse();
			await().until(() -> node.wire().count(Sent.RELEASE) > SDK_ATTEMPTS);
			assertFreeAtLast(node);
		}

		@Test
		void areKeptFromTheEndOfATryBlock() {
			Node node = bed().preparedNode();

			assertThatNoException().isThrownBy(() -> {
				try (Lease lease = node.locks().acquire("deployment")) {
					assertThat(lease.isValid()).isTrue();
					node.wire().next(SDK_ATTEMPTS, Sent.RELEASE, Fault.UNREACHABLE);
				}
			});

			assertFreeAtLast(node);
		}

		@Test
		void doNotHideTheResultOfTheWork() {
			Node node = bed().preparedNode();
			node.wire().next(SDK_ATTEMPTS, Sent.RELEASE, Fault.UNREACHABLE);

			assertThat(node.locks().<String, RuntimeException>execute("deployment", (lease) -> "done"))
				.isEqualTo("done");

			assertFreeAtLast(node);
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void touchNobodyElsesLock(ReleaseMode mode) {
			Node node = node(mode);
			Node other = node(mode);
			Lease lease = node.locks().acquire("deployment");
			CountDownLatch retry = new CountDownLatch(1);
			node.wire().next(1, Sent.RELEASE, Fault.ANSWER_LOST).next(1, Sent.RELEASE, Fault.held(retry));
			Background<Boolean> releasing = Background.start(lease::release);

			Lease next = other.locks().acquire("deployment");
			retry.countDown();

			assertThat(releasing.get()).isTrue();
			next.renew();
			assertThat(next.isValid()).isTrue();
			assertThat(node.locks().status("deployment").owner()).contains(other.locks().owner());
		}

	}

}
