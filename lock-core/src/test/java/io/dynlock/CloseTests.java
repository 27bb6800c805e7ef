package io.dynlock;

import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

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
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * A client that is closed gives back what it has, and leaves nothing behind.
 */
class CloseTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	@Test
	void endsAWait() {
		Node holder = this.bed.preparedNode();
		Node node = this.bed.preparedNode();
		holder.locks().acquire("deployment");
		Background<Lease> waiting = Background.start(() -> node.locks().acquire("deployment"));
		await().until(() -> node.wire().count(Sent.READ) > 1);

		node.locks().close();

		assertThat(waiting.failure()).isExactlyInstanceOf(LockException.class).hasMessageContaining("closed");
	}

	@ParameterizedTest
	@EnumSource(value = LeaseMode.class, names = "PERMANENT", mode = EnumSource.Mode.EXCLUDE)
	void releasesWhatIsHeldBeforeItReturns(LeaseMode mode) {
		Node node = this.bed.preparedNode();
		Lease one = node.locks().acquire("one", LockBed.QUICK.toBuilder().leaseMode(mode).build());
		Lease two = node.locks().acquire("two", LockBed.QUICK.toBuilder().leaseMode(mode).build());

		node.locks().close();

		Node other = this.bed.preparedNode();
		assertThat(other.locks().tryAcquire("one")).isPresent();
		assertThat(other.locks().tryAcquire("two")).isPresent();
		assertThat(one.isValid()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(two::ensureValid)
			.satisfies((ex) -> assertThat(ex.reason()).isInstanceOf(LossReason.Closed.class));
		assertThat(node.events().losses()).hasSize(2).allMatch(LossReason.Closed.class::isInstance);
	}

	@Test
	void tellsWorkThatIsUnderWay() {
		Node node = this.bed.preparedNode();
		CountDownLatch closed = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(1);
		Background<String> work = Background.start(() -> node.locks().execute("deployment", (lease) -> {
			begun.countDown();
			closed.await();
			return "done";
		}));
		await().until(() -> begun.getCount() == 0);

		node.locks().close();
		closed.countDown();

		assertThat(work.failure()).isInstanceOf(LockLostException.class).hasMessageContaining("client was closed");
	}

	@Test
	void takesNoMoreLocks() {
		Node node = this.bed.preparedNode();
		node.locks().close();

		assertThatExceptionOfType(LockException.class).isThrownBy(() -> node.locks().acquire("deployment"))
			.withMessageContaining("closed");
		assertThatExceptionOfType(LockException.class).isThrownBy(() -> node.locks().tryAcquire("deployment"))
			.withMessageContaining("closed");
		assertThatNoException().isThrownBy(() -> node.locks().close());
		assertThat(this.bed.preparedNode().locks().status("deployment").isHeld()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(LeaseMode.class)
	void leavesNothingHeldThatIsBeingAcquired(LeaseMode mode) {
		Node node = this.bed.preparedNode();
		CountDownLatch answer = new CountDownLatch(1);
		node.wire().next(1, (mode == LeaseMode.PERMANENT) ? Sent.SETTLE : Sent.ACQUIRE, Fault.answerHeld(answer));
		Background<Lease> acquiring = Background
			.start(() -> node.locks().acquire("deployment", LockBed.QUICK.toBuilder().leaseMode(mode).build()));
		await().until(() -> bed().raw().item("deployment").containsKey("leaseId")
				&& (mode != LeaseMode.PERMANENT || !bed().raw().item("deployment").containsKey("leaseMillis")));
		Background<String> closing = Background.start(() -> {
			node.locks().close();
			return "closed";
		});
		await().until(() -> isClosed(node) || closing.isDone());

		answer.countDown();

		assertThat(acquiring.failure()).isExactlyInstanceOf(LockException.class).hasMessageContaining("closed");
		closing.get();
		assertThat(this.bed.preparedNode().locks().status("deployment").isHeld()).isFalse();
	}

	@Test
	void leavesNothingHeldWhenTheAnswerToAnAcquisitionIsLostMeanwhile() {
		Node node = this.bed.preparedNode();
		CountDownLatch answer = new CountDownLatch(1);
		node.wire().next(1, Sent.ACQUIRE, (exchange) -> {
			Fault.answerHeld(answer).befall(exchange);
			throw new SocketException("The answer is lost");
		}).next(2, Sent.ACQUIRE, Fault.UNREACHABLE);
		Background<Lease> acquiring = Background.start(() -> node.locks().acquire("deployment"));
		await().until(() -> bed().raw().item("deployment").containsKey("leaseId"));
		Background<String> closing = Background.start(() -> {
			node.locks().close();
			return "closed";
		});
		await().until(() -> isClosed(node) || closing.isDone());

		answer.countDown();

		assertThat(acquiring.failure()).isInstanceOf(LockException.class);
		closing.get();
		assertThat(this.bed.preparedNode().locks().status("deployment").isHeld()).isFalse();
	}

	@Test
	void leavesNoThreadBehind() {
		Set<Thread> others = Thread.getAllStackTraces().keySet();
		Node node = this.bed.preparedNode();
		node.locks().acquireAsync("deployment", LockBed.QUICK).join();
		assertThat(threadsBeside(others)).isNotEmpty();

		node.locks().close();

		await().until(() -> threadsBeside(others).isEmpty());
	}

	private static List<String> threadsBeside(Set<Thread> others) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !others.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("dynlock-"))
			.toList();
	}

	@Test
	void thatIsInterruptedReturnsAndKeepsTheInterrupt() {
		Node node = this.bed.preparedNode();
		node.locks().acquire("deployment");
		CountDownLatch answer = new CountDownLatch(1);
		node.wire().always(Sent.RELEASE, Fault.held(answer));
		Background<Boolean> closing = Background.start(() -> {
			node.locks().close();
			return Thread.currentThread().isInterrupted();
		});
		await().until(() -> node.wire().count(Sent.RELEASE) > 0);

		closing.interrupt();

		assertThat(closing.get()).isTrue();
		answer.countDown();
	}

	@Test
	void returnsInTimeWhenNothingGetsThrough() {
		Node node = this.bed.node((builder) -> builder.closeTimeout(Duration.ofMillis(500)));
		node.locks().acquire("deployment");
		node.die();
		long started = System.nanoTime();

		node.locks().close();

		assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(Duration.ofMillis(400),
				Duration.ofSeconds(10));
	}

	@Test
	void keepsALockHeldThatIsToBeHeldAWhileLonger() {
		Node node = this.bed.preparedNode();
		node.locks()
			.execute("job", LockBed.QUICK.toBuilder().minHold(Duration.ofMinutes(1)).build(), (lease) -> "done");

		node.locks().close();

		assertThat(this.bed.preparedNode().locks().status("job").isHeld()).isTrue();
	}

	private static boolean isClosed(Node node) {
		try {
			node.locks().tryAcquire("another");
			return false;
		}
		catch (LockException ex) {
			return true;
		}
	}

	private LockBed bed() {
		return this.bed;
	}

}
