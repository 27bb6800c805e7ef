package io.dynlock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A client that is drained lets work under locks end, and begins none.
 */
class DrainTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	@Test
	void endsAWaitForAnotherProcess() {
		Node holder = this.bed.preparedNode();
		Node node = this.bed.preparedNode();
		holder.locks().acquire("deployment");
		Background<Lease> waiting = Background.start(() -> node.locks().acquire("deployment"));
		CompletableFuture<Lease> asking = node.locks().acquireAsync("deployment", LockBed.QUICK);
		await().until(() -> node.wire().count(Sent.READ) > 1);

		node.locks().drain();

		assertThat(waiting.failure()).isExactlyInstanceOf(LockException.class).hasMessageContaining("closed");
		await().until(asking::isCompletedExceptionally);
	}

	@Test
	void endsAWaitInLineAndLetsTheHolderFinish() {
		Node node = this.bed.preparedNode();
		Lease lease = node.locks().acquire("deployment");
		CompletableFuture<Lease> waiting = node.locks().acquireAsync("deployment", LockBed.QUICK);

		CompletableFuture<Void> drained = node.locks().drain();

		assertThat(waiting).isCompletedExceptionally();
		assertThat(drained).isNotDone();
		assertThat(lease.isValid()).isTrue();
		assertThat(lease.release()).isTrue();
		await().until(drained::isDone);
		assertThat(this.bed.preparedNode().locks().status("deployment").isHeld()).isFalse();
	}

	@Test
	void goesOnRenewing() {
		Node node = this.bed.preparedNode();
		Lease lease = node.locks()
			.acquire("deployment", LockBed.QUICK.toBuilder().leaseDuration(Duration.ofSeconds(1)).build());

		node.locks().drain();

		await().until(() -> node.wire().count(Sent.RENEW) > 3);
		assertThat(lease.isValid()).isTrue();
	}

	@Test
	void takesNoMoreLocks() {
		Node node = this.bed.preparedNode();

		assertThat(node.locks().drain()).isDone();

		assertThatExceptionOfType(LockException.class).isThrownBy(() -> node.locks().acquire("deployment"))
			.withMessageContaining("closed");
		assertThatExceptionOfType(LockException.class).isThrownBy(() -> node.locks().tryAcquire("deployment"))
			.withMessageContaining("closed");
		assertThat(this.bed.preparedNode().locks().status("deployment").isHeld()).isFalse();
	}

	/** Otherwise the process might end, and the client with it, before it is written. */
	@Test
	void waitsForAReleaseThatIsUnderWay() {
		Node node = this.bed.preparedNode();
		Lease lease = node.locks().acquire("deployment");
		CountDownLatch sending = new CountDownLatch(1);
		node.wire().next(1, Sent.RELEASE, Fault.held(sending));
		Background<Boolean> releasing = Background.start(lease::release);
		await().until(() -> node.wire().count(Sent.RELEASE) == 1);

		CompletableFuture<Void> drained = node.locks().drain();

		assertThat(drained).isNotDone();
		sending.countDown();
		assertThat(releasing.get()).isTrue();
		await().until(drained::isDone);
	}

	@Test
	void doesNotWaitForWhatStaysHeld() {
		Node node = this.bed.preparedNode();
		node.locks().acquire("permanent", LockBed.QUICK.toBuilder().leaseMode(LeaseMode.PERMANENT).build());
		node.locks()
			.execute("job", LockBed.QUICK.toBuilder().minHold(Duration.ofMinutes(1)).build(), (lease) -> "done");

		assertThat(node.locks().drain()).isDone();
		assertThat(this.bed.preparedNode().locks().list()).hasSize(2);
	}

	@Test
	void doesNotWaitForWhatIsGivenBackMeanwhileAndStaysHeldALittleLonger() {
		Node node = this.bed.preparedNode();
		Lease lease = node.locks().acquire("job", LockBed.QUICK.toBuilder().minHold(Duration.ofMinutes(1)).build());
		CompletableFuture<Void> drained = node.locks().drain();
		assertThat(drained).isNotDone();

		assertThat(lease.release()).isTrue();

		await().until(drained::isDone);
		assertThat(this.bed.preparedNode().locks().status("job").isHeld()).isTrue();
	}

	@Test
	void releasesWhatIsGrantedTooLate() {
		Node node = this.bed.preparedNode();
		CountDownLatch answer = new CountDownLatch(1);
		node.wire().next(1, Sent.ACQUIRE, Fault.answerHeld(answer));
		Background<Lease> acquiring = Background.start(() -> node.locks().acquire("deployment"));
		await().until(() -> this.bed.raw().item("deployment").containsKey("leaseId"));

		node.locks().drain();
		answer.countDown();

		assertThat(acquiring.failure()).isExactlyInstanceOf(LockException.class).hasMessageContaining("closed");
		await().until(() -> !this.bed.preparedNode().locks().status("deployment").isHeld());
	}

	@Test
	void isFollowedByClosing() {
		Node node = this.bed.preparedNode();
		Lease lease = node.locks().acquire("deployment");
		node.locks().drain();

		node.locks().close();

		assertThat(lease.isValid()).isFalse();
		assertThat(this.bed.preparedNode().locks().status("deployment").isHeld()).isFalse();
	}

}
