package io.dynlock;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AsyncRunTests {

	private final List<String> calls = new ArrayList<>();

	private boolean lost;

	private boolean released;

	private final Lease lease = (Lease) Proxy.newProxyInstance(Lease.class.getClassLoader(),
			new Class<?>[] { Lease.class }, (proxy, method, arguments) -> {
				if (method.isDefault()) {
					return InvocationHandler.invokeDefault(proxy, method, arguments);
				}
				this.calls.add(method.getName());
				if (this.lost && method.getName().equals("ensureValid")) {
					throw new LockLostException("key", "key", new LossReason.Expired());
				}
				if (this.released && method.getName().equals("ensureValid")) {
					throw new LockException("was released");
				}
				return null;
			});

	@Test
	void codeThatGivesNoStageFailsAndReleases() {
		CompletableFuture<String> result = AsyncRun.start(CompletableFuture.completedFuture(this.lease),
				LossPolicy.THROW, (held) -> null, Runnable::run);
		assertThat(result).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.withCauseInstanceOf(NullPointerException.class)
			.withMessageContaining("The guarded code returned no stage");
		assertThat(this.calls).startsWith("ensureValid", "close");
	}

	@Test
	void aLossTurnsTheResultIntoAFailure() {
		this.lost = true;
		assertThatExceptionOfType(CompletionException.class).isThrownBy(run(LossPolicy.THROW, completed("done"))::join)
			.withCauseInstanceOf(LockLostException.class);
		assertThat(this.calls).startsWith("ensureValid", "close");
	}

	@Test
	void aLossThatIsOnlyLoggedLeavesTheResult() {
		this.lost = true;
		assertThat(run(LossPolicy.LOG, completed("done"))).isCompletedWithValue("done");
		assertThat(this.calls).startsWith("close");
	}

	@Test
	void aLossIsSuppressedIntoTheFailureOfTheCode() {
		this.lost = true;
		IllegalStateException failure = new IllegalStateException("the work failed");
		CompletableFuture<String> result = run(LossPolicy.THROW, CompletableFuture.failedFuture(failure));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join).withCause(failure);
		assertThat(failure.getSuppressed()).singleElement().isInstanceOf(LockLostException.class);
		assertThat(this.calls).startsWith("ensureValid", "close");
	}

	@Test
	void codeThatHasGivenItsLeaseBackHasLostNothing() {
		this.released = true;
		assertThat(run(LossPolicy.THROW, completed("done"))).isCompletedWithValue("done");
	}

	@Test
	void whatIsThrownWithoutADeclarationIsAFailureToo() {
		CompletableFuture<String> result = AsyncRun.start(CompletableFuture.completedFuture(this.lease),
				LossPolicy.THROW, (held) -> AsyncRunTests.<RuntimeException>undeclared(new Exception("checked")),
				Runnable::run);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.havingCause()
			.isExactlyInstanceOf(Exception.class)
			.withMessage("checked");
		assertThat(this.calls).endsWith("close");
	}

	@Test
	void whatFailsOnTheWayBackReachesTheCaller() {
		CompletableFuture<String> result = AsyncRun.start(CompletableFuture.completedFuture(this.lease),
				LossPolicy.THROW, (held) -> completed("done"), (task) -> {
					if (this.calls.contains("runs")) {
						throw new RejectedExecutionException("no thread");
					}
					this.calls.add("runs");
					task.run();
				});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.havingRootCause()
			.withMessage("no thread");
		assertThat(this.calls).containsExactly("runs", "close");
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> CompletableFuture<String> undeclared(Throwable failure) throws E {
		throw (E) failure;
	}

	private CompletableFuture<String> run(LossPolicy onLoss, CompletableFuture<String> stage) {
		return AsyncRun.start(CompletableFuture.completedFuture(this.lease), onLoss, (held) -> stage, Runnable::run);
	}

	private static CompletableFuture<String> completed(String value) {
		return CompletableFuture.completedFuture(value);
	}

}
