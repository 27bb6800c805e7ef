package io.dynlock;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AsyncRunTests {

	private final List<String> calls = new ArrayList<>();

	private final Lease lease = (Lease) Proxy.newProxyInstance(Lease.class.getClassLoader(),
			new Class<?>[] { Lease.class }, (proxy, method, arguments) -> {
				if (method.isDefault()) {
					return InvocationHandler.invokeDefault(proxy, method, arguments);
				}
				this.calls.add(method.getName());
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
		assertThat(this.calls).containsExactly("ensureValid", "close");
	}

}
