package io.dynlock;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Interrupts are honoured, stay visible to the caller, and leave nothing held.
 */
class InterruptTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	/** The exception that the work ended with, if the thread's flag was set then. */
	private static Background<Throwable> interruptible(Runnable work) {
		return Background.start(() -> {
			try {
				work.run();
			}
			catch (RuntimeException ex) {
				assertThat(Thread.currentThread().isInterrupted()).as("the interrupt flag").isTrue();
				return ex;
			}
			throw new AssertionError("The interrupt must show");
		});
	}

	private void assertFreeAtLast() {
		Node other = this.bed.node();
		await().until(() -> !other.locks().status("deployment").isHeld());
		assertThat(other.locks().tryAcquire("deployment")).isPresent();
	}

	@Test
	void endAWait() {
		Node holder = this.bed.preparedNode();
		Node node = this.bed.preparedNode();
		Lease lease = holder.locks().acquire("deployment");
		LockOptions longPauses = LockBed.QUICK.toBuilder().sleepBetweenRetries(Duration.ofSeconds(10)).build();
		Background<Throwable> waiting = interruptible(() -> node.locks().acquire("deployment", longPauses));
		await().until(() -> !node.events().attempts().isEmpty());

		waiting.interrupt();

		assertThat(waiting.get()).isInstanceOf(LockInterruptedException.class)
			.hasMessageContaining("waiting for the lock 'deployment'")
			.hasCauseInstanceOf(InterruptedException.class);
		assertThat(node.events().acquisitions()).containsExactly(LockListener.Outcome.FAILED);
		lease.release();
		assertFreeAtLast();
	}

	@Test
	void thatCameBeforeKeepAWaitFromBeginning() {
		Node node = this.bed.preparedNode();
		node.wire().reset();

		Background<Throwable> waiting = interruptible(() -> {
			Thread.currentThread().interrupt();
			node.locks().acquire("deployment");
		});

		assertThat(waiting.get()).isInstanceOf(LockInterruptedException.class);
		assertThat(node.wire().sent()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(LeaseMode.class)
	void duringAnAcquisitionThatTakesEffectGiveItBack(LeaseMode mode) {
		Node node = this.bed.preparedNode();
		node.wire().next(1, Sent.ACQUIRE, Fault.interrupting());
		LockOptions options = LockBed.QUICK.toBuilder().leaseMode(mode).build();

		Background<Throwable> waiting = interruptible(() -> node.locks().acquire("deployment", options));

		assertThat(waiting.get()).isInstanceOf(LockInterruptedException.class)
			.hasMessageContaining("'deployment'")
			.hasMessageContaining("UpdateItem");
		assertFreeAtLast();
	}

	@Test
	void whileALockIsBeingMadePermanentGiveItBack() {
		Node node = this.bed.preparedNode();
		node.wire().next(1, Sent.SETTLE, Fault.interrupting());
		LockOptions options = LockBed.QUICK.toBuilder().leaseMode(LeaseMode.PERMANENT).build();

		Background<Throwable> waiting = interruptible(() -> node.locks().acquire("deployment", options));

		assertThat(waiting.get()).isInstanceOf(LockInterruptedException.class);
		assertFreeAtLast();
	}

	@Test
	void endARequestThatHangs() {
		Node node = this.bed.preparedNode();
		node.wire().next(1, Sent.ACQUIRE, Fault.answerHeld(new CountDownLatch(1)));

		Background<Throwable> waiting = interruptible(() -> node.locks().acquire("deployment"));
		await().until(() -> node.wire().count(Sent.ACQUIRE) == 1);
		waiting.interrupt();

		assertThat(waiting.get()).isInstanceOf(LockInterruptedException.class);
		assertFreeAtLast();
	}

	@Test
	void endTheWaitForATableToBecomeActive() {
		Node node = this.bed.node();
		node.wire()
			.always(Sent.operation("DescribeTable"), Fault.answered((body) -> body.replace("ACTIVE", "CREATING")));

		Background<Throwable> waiting = interruptible(() -> node.locks().acquire("deployment"));
		await().until(() -> node.wire().count(Sent.operation("DescribeTable")) > 2);
		waiting.interrupt();

		assertThat(waiting.get()).isInstanceOf(LockInterruptedException.class).hasMessageContaining(this.bed.table());
	}

	@Test
	void duringAReleaseLetItBeMadeInTheBackground() {
		Node node = this.bed.preparedNode();
		Lease lease = node.locks().acquire("deployment");
		node.wire().next(1, Sent.RELEASE, (exchange) -> {
			Thread.currentThread().interrupt();
			throw new SocketException("Nothing was sent");
		});

		Background<Throwable> releasing = interruptible(lease::release);

		assertThat(releasing.get()).isInstanceOf(LockInterruptedException.class).hasMessageContaining("'deployment'");
		assertFreeAtLast();
	}

	@Test
	void ofTheWorkDoNotKeepTheLockFromBeingReleased() {
		Node node = this.bed.preparedNode();
		AtomicBoolean flag = new AtomicBoolean();

		Background<String> work = Background.start(() -> {
			String result = node.locks().execute("deployment", (lease) -> {
				Thread.currentThread().interrupt();
				return "done";
			});
			flag.set(Thread.currentThread().isInterrupted());
			return result;
		});

		assertThat(work.get()).isEqualTo("done");
		assertThat(flag).isTrue();
		assertThat(node.locks().tryAcquire("deployment")).isPresent();
	}

	@Test
	void duringOtherRequestsShowAsWhatTheyAre() {
		Node node = this.bed.preparedNode();
		node.wire().next(2, Sent.READ.or(Sent.operation("Scan")), Fault.interrupting());

		assertThat(interruptible(() -> node.locks().status("deployment")).get())
			.isInstanceOf(LockInterruptedException.class)
			.hasMessageContaining("GetItem");
		assertThat(interruptible(() -> node.locks().list().forEach((status) -> {
		})).get()).isInstanceOf(LockInterruptedException.class).hasMessageContaining("Scan");
	}

	@Test
	void areNotConfusedWithTimeLimitsOfTheSdk() {
		Node node = this.bed.node((builder) -> builder
			.tableOptions(this.bed.tableOptions().requestTimeout(Duration.ofMillis(300)).build()));
		node.locks().status("warm-up");
		node.wire().always(Sent.ACQUIRE, Fault.held(new CountDownLatch(1)));

		assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().tryAcquire("deployment"))
			.withMessageContaining("no answer in time")
			.satisfies((ex) -> assertThat(ex.isOutcomeUnknown()).isTrue());
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

}
