package io.dynlock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The ways to lose a lease, and how its holder learns of it.
 */
class LossTests {

	private static final LockOptions SHORT = LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(900)).build();

	@RegisterExtension
	final LockBed bed = new LockBed();

	private LockBed bed() {
		return this.bed;
	}

	private Node node(ReleaseMode mode) {
		return this.bed.node((builder) -> builder.tableOptions(this.bed.tableOptions().releaseMode(mode).build()));
	}

	private static void assertLost(Lease lease, Class<? extends LossReason> reason) {
		assertThat(lease.isValid()).isFalse();
		assertThat(lease.remaining()).isZero();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureValid)
			.withMessageContaining("'deployment'")
			.satisfies((ex) -> {
				assertThat(ex.reason()).isInstanceOf(reason);
				assertThat(ex.getMessage()).contains(ex.reason().toString());
				assertThat(ex.key()).isEqualTo("deployment");
			});
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);
		assertThat(lease.release()).isFalse();
	}

	@Nested
	class ByName {

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void showsAtTheNextRenewal(ReleaseMode mode) {
			Node holder = node(mode);
			Node other = node(mode);
			Lease lease = holder.locks().acquire("deployment", SHORT);

			other.locks().forceRelease("deployment");

			await().untilAsserted(
					() -> assertThat(holder.events().losses()).containsExactly(new LossReason.ForceReleased()));
			assertLost(lease, LossReason.ForceReleased.class);
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void showsWhoHasTheLockNow(ReleaseMode mode) {
			Node holder = node(mode);
			Node other = node(mode);
			Lease lease = holder.locks().acquire("deployment");
			other.locks().forceRelease("deployment");
			Lease next = other.locks().acquire("deployment");

			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew)
				.withMessageContaining("taken by " + other.locks().owner())
				.satisfies((ex) -> assertThat(ex.reason()).isInstanceOfSatisfying(LossReason.Taken.class,
						(taken) -> assertThat(taken.holder().owner()).contains(other.locks().owner())));

			assertLost(lease, LossReason.Taken.class);
			assertThat(next.isValid()).isTrue();
			assertThat(other.locks().status("deployment").isHeld()).isTrue();
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void showsThatTheGoPackageHasTheLockNow(ReleaseMode mode) {
			Node holder = node(mode);
			Lease lease = holder.locks().acquire("deployment");
			bed().raw().delete("deployment");
			bed().raw().acquireLikeGo("deployment");

			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew)
				.withMessageContaining("Go package");
			assertLost(lease, LossReason.Taken.class);
			assertThat(bed().raw().item("deployment")).containsOnlyKeys("LockID");
		}

		@Test
		void showsInAPermanentLockThatIsRenewedByHand() {
			Node holder = bed().node();
			Node other = bed().node();
			Lease lease = holder.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().leaseMode(LeaseMode.PERMANENT).build());
			lease.renew();
			other.locks().forceRelease("deployment");

			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);
			assertLost(lease, LossReason.ForceReleased.class);
		}

	}

	@Nested
	class ByTime {

		@Test
		void isUnreachableWhenTheTableIs() {
			Node holder = bed().node();
			Lease lease = holder.locks().acquire("deployment", SHORT);

			holder.die();

			await().until(() -> !lease.isValid());
			await().untilAsserted(() -> assertThat(holder.events().losses()).singleElement()
				.isInstanceOfSatisfying(LossReason.Unreachable.class, (unreachable) -> {
					assertThat(unreachable.message()).contains("UpdateItem").contains(bed().table());
					assertThat(unreachable.cause()).isPresent();
				}));
			assertThat(holder.events().renewals()).contains(false);
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureValid)
				.satisfies((ex) -> assertThat(ex.getCause()).isNotNull());
		}

		@Test
		void isUnreachableWhenARenewalHangs() {
			Node holder = bed().node();
			Lease lease = holder.locks().acquire("deployment", SHORT);

			holder.wire().always(Sent.RENEW, Fault.held(new CountDownLatch(1)));

			await().until(() -> !lease.isValid());
			await().untilAsserted(() -> assertThat(holder.events().losses()).singleElement()
				.isInstanceOf(LossReason.Unreachable.class));
		}

		@Test
		void isUnreachableWhenTheTableVanishes() {
			Node holder = bed().node();
			Lease lease = holder.locks().acquire("deployment");
			bed().raw().drop();

			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::renew)
				.withMessageContaining("does not exist");

			assertLost(lease, LossReason.Unreachable.class);
		}

		@Test
		void isExpiryWhenTheProcessStoodStill() {
			ShiftedTime time = new ShiftedTime();
			Node holder = bed().node((builder) -> builder.time(time));
			Lease lease = holder.locks().acquire("deployment");

			time.shiftBoth(Duration.ofSeconds(31));

			assertLost(lease, LossReason.Expired.class);
			await().untilAsserted(() -> assertThat(holder.events().losses()).containsExactly(new LossReason.Expired()));
			await().until(() -> !holder.locks().status("deployment").isHeld());
		}

		@Test
		void isOnlySuspectedWhenTheWallClockAloneSaysSo() {
			ShiftedTime time = new ShiftedTime();
			Node holder = bed().node((builder) -> builder.time(time));
			Lease lease = holder.locks().acquire("deployment");

			time.shiftWall(Duration.ofSeconds(31));

			assertThat(lease.isValid()).isFalse();
			await().until(lease::isValid);
			assertThat(holder.events().losses()).isEmpty();
			assertThat(lease.release()).isTrue();
		}

		@Test
		void isCertainWhenTheMachineWasSuspendedAndTheLockTaken() {
			ShiftedTime time = new ShiftedTime();
			Node holder = bed().node((builder) -> builder.time(time));
			Node other = bed().node();
			Lease lease = holder.locks().acquire("deployment");
			other.locks().forceRelease("deployment");
			other.locks().acquire("deployment");

			time.shiftWall(Duration.ofSeconds(31));

			assertThat(lease.isValid()).isFalse();
			await().untilAsserted(
					() -> assertThat(holder.events().losses()).singleElement().isInstanceOf(LossReason.Taken.class));
			assertLost(lease, LossReason.Taken.class);
		}

		@Test
		void keepsALeaseFromBeingGrantedWhenTheAnswerComesTooLate() {
			ShiftedTime time = new ShiftedTime();
			Node node = bed().node((builder) -> builder.time(time));
			node.locks().status("deployment");
			node.wire().next(1, Sent.ACQUIRE, (exchange) -> {
				var answer = exchange.send();
				time.shiftBoth(Duration.ofSeconds(31));
				return answer;
			});

			Lease lease = node.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().waitTimeout(Duration.ofMinutes(5)).build());

			assertThat(lease.isValid()).isTrue();
			assertThat(node.wire().count(Sent.ACQUIRE)).isEqualTo(2);
			assertThat(node.wire().count(Sent.RELEASE)).isOne();
		}

	}

	@Nested
	class ACallback {

		@Test
		void isCalledOnceWithTheReason() {
			Node holder = bed().node();
			Lease lease = holder.locks().acquire("deployment");
			List<String> told = new CopyOnWriteArrayList<>();
			lease.onLost((reason) -> {
				told.add("first " + reason.tag());
				throw new IllegalStateException("a callback may fail");
			});
			lease.onLost((reason) -> told.add("second " + reason.tag()));
			bed().node().locks().forceRelease("deployment");

			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);

			await()
				.untilAsserted(() -> assertThat(told).containsExactly("first force_released", "second force_released"));
		}

		@Test
		void keepsNoProcessAlive() {
			Node holder = bed().node();
			Lease lease = holder.locks().acquire("deployment");
			CompletableFuture<Boolean> daemon = new CompletableFuture<>();
			lease.onLost((reason) -> daemon.complete(Thread.currentThread().isDaemon()));

			holder.locks().close();

			assertThat(daemon.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
		}

		@Test
		void isCalledAtOnceWhenItComesTooLate() throws Exception {
			Node holder = bed().node();
			Lease lease = holder.locks().acquire("deployment");
			holder.locks().close();
			CountDownLatch told = new CountDownLatch(1);

			await().until(() -> !holder.events().losses().isEmpty());
			lease.onLost((reason) -> told.countDown());

			assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
		}

	}

	@Nested
	class DuringExecute {

		@Test
		void throwsWhenTheWorkReturns() {
			Node holder = bed().node();

			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> holder.locks().execute("deployment", SHORT, (lease) -> {
					bed().node().locks().forceRelease("deployment");
					await().until(() -> !lease.isValid());
					return "done";
				}))
				.withMessageContaining("released by name");
		}

		@Test
		void isSuppressedIntoTheExceptionOfTheWork() {
			Node holder = bed().node();
			IllegalStateException failure = new IllegalStateException("the work failed");

			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> holder.locks().execute("deployment", SHORT, (lease) -> {
					bed().node().locks().forceRelease("deployment");
					await().until(() -> !lease.isValid());
					throw failure;
				}))
				.isSameAs(failure)
				.satisfies(
						(ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class));
		}

		@Test
		void isOnlyLoggedWhereThatIsWanted() {
			Node holder = bed().node();
			LockOptions options = SHORT.toBuilder().onLoss(LossPolicy.LOG).build();

			assertThat(holder.locks().<String, RuntimeException>execute("deployment", options, (lease) -> {
				bed().node().locks().forceRelease("deployment");
				await().until(() -> !lease.isValid());
				return "done";
			})).isEqualTo("done");
		}

		@Test
		void interruptsTheWorkWhereThatIsWanted() {
			Node holder = bed().node();
			LockOptions options = SHORT.toBuilder().onLoss(LossPolicy.INTERRUPT).build();

			Background<String> work = Background.start(() -> holder.locks().execute("deployment", options, (lease) -> {
				bed().node().locks().forceRelease("deployment");
				try {
					new CountDownLatch(1).await();
					return "never";
				}
				catch (InterruptedException ex) {
					return "interrupted";
				}
			}));

			assertThat(work.failure()).isInstanceOf(LockLostException.class);
		}

	}

}
