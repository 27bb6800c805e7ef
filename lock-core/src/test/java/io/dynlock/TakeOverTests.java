package io.dynlock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.dynlock.testing.Background;
import io.dynlock.testing.HolderProcess;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How the lock of a holder that died gets into other hands, and that of one that lives
 * does not.
 */
class TakeOverTests {

	private static final Duration LEASE = Duration.ofMillis(600);

	private static final Duration LONG_LEASE = Duration.ofMillis(1500);

	@RegisterExtension
	final LockBed bed = new LockBed();

	private static LockOptions lease(Duration duration) {
		return LockBed.QUICK.toBuilder().leaseDuration(duration).build();
	}

	@Nested
	class ADeadHolder {

		@Test
		void isReplacedByWhoeverWaits() {
			Node holder = bed().node();
			Node other = bed().node();
			Lease lease = holder.locks().acquire("deployment", lease(LEASE));
			holder.die();
			long died = System.nanoTime();

			Lease next = other.locks().acquire("deployment");

			assertThat(lease.isValid()).isFalse();
			assertThat(next.isValid()).isTrue();
			assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
			assertThat(Duration.ofNanos(System.nanoTime() - died)).isGreaterThan(LEASE.dividedBy(2));
		}

		@Test
		void isReplacedByWhoeverTriesAgainAndAgainWithoutWaiting() {
			Node holder = bed().node();
			Node other = bed().node();
			Lease lease = holder.locks().acquire("deployment", lease(LEASE));
			holder.die();
			AtomicReference<Optional<Lease>> next = new AtomicReference<>(Optional.empty());

			await().pollInterval(Duration.ofMillis(50)).until(() -> {
				next.set(other.locks().tryAcquire("deployment"));
				return next.get().isPresent();
			});

			assertThat(lease.isValid()).isFalse();
			assertThat(next.get())
				.hasValueSatisfying((taken) -> assertThat(taken.fencingToken()).isGreaterThan(lease.fencingToken()));
			assertThat(other.wire().count(Sent.ACQUIRE)).isEqualTo(other.events().attempts().size());
			assertThat(other.wire().count(Sent.READ)).isZero();
		}

		@Test
		void isReplacedByOneOfManyThatWait() {
			Node holder = bed().node();
			Node first = bed().node();
			Node second = bed().node();
			holder.locks().acquire("deployment", lease(LEASE));
			holder.die();
			Background<Lease> one = Background.start(() -> first.locks().acquire("deployment"));
			Background<Lease> two = Background.start(() -> second.locks().acquire("deployment"));

			await().until(() -> one.isDone() || two.isDone());

			Background<Lease> winner = one.isDone() ? one : two;
			Background<Lease> loser = one.isDone() ? two : one;
			assertThat(loser.isDone()).isFalse();
			winner.get().release();
			assertThat(loser.get().fencingToken()).isGreaterThan(winner.get().fencingToken());
		}

		@Test
		void ofAPermanentLockIsNotReplaced() {
			Node holder = bed().node();
			Node other = bed().node();
			holder.locks().acquire("deployment", lease(LEASE).toBuilder().leaseMode(LeaseMode.PERMANENT).build());
			holder.die();

			assertThat(other.locks().tryAcquire("deployment", LEASE.multipliedBy(2))).isEmpty();
		}

	}

	@Nested
	class ALivingHolder {

		@Test
		void isNotReplacedHoweverLongOthersWait() {
			Node holder = bed().node();
			Node other = bed().node();
			Lease lease = holder.locks().acquire("deployment", lease(LONG_LEASE));

			assertThat(other.locks().tryAcquire("deployment", LONG_LEASE.multipliedBy(2))).isEmpty();

			assertThat(lease.isValid()).isTrue();
			assertThat(holder.events().renewals()).isNotEmpty().doesNotContain(false);
		}

	}

	@Nested
	class AProcess {

		@Test
		void thatIsKilledIsReplaced() throws Exception {
			Node node = bed().node();
			node.locks().status("deployment");
			try (HolderProcess holder = HolderProcess.start(bed().endpoint(), bed().table(), "deployment",
					LONG_LEASE)) {
				long token = holder.awaitToken();
				assertThat(node.locks().tryAcquire("deployment")).isEmpty();

				holder.kill();

				Lease next = node.locks().acquire("deployment");
				assertThat(next.fencingToken()).isGreaterThan(token);
				assertThat(next.release()).isTrue();
			}
		}

		@Test
		@EnabledOnOs({ OS.LINUX, OS.MAC })
		void thatStandsStillIsReplacedAndLearnsOfIt() throws Exception {
			Node node = bed().node((builder) -> builder.owner("the-successor"));
			node.locks().status("deployment");
			try (HolderProcess holder = HolderProcess.start(bed().endpoint(), bed().table(), "deployment",
					LONG_LEASE)) {
				long token = holder.awaitToken();

				holder.suspend();
				Lease next = node.locks().acquire("deployment");
				holder.resume();

				assertThat(holder.awaitLoss()).isNotEmpty();
				assertThat(next.fencingToken()).isGreaterThan(token);
				assertThat(next.isValid()).isTrue();
				assertThat(node.locks().status("deployment").owner()).contains("the-successor");
			}
		}

	}

	private LockBed bed() {
		return this.bed;
	}

}
