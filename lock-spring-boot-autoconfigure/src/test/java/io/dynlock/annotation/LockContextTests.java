package io.dynlock.annotation;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.dynlock.Lease;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

class LockContextTests {

	private final Lease outer = mock(Lease.class);

	private final Lease inner = mock(Lease.class);

	@Test
	void hasNoLeaseByDefault() {
		assertThat(LockContext.find()).isEmpty();
		assertThatIllegalStateException().isThrownBy(LockContext::current)
			.withMessage("No lock is held here: call this from a method that is annotated with @WithDistributedLock,"
					+ " through its Spring bean, and in the same thread");
	}

	@Test
	void hasTheInnermostLease() throws Exception {
		LockContext.callWith(this.outer, () -> {
			assertThat(LockContext.current()).isSameAs(this.outer);
			LockContext.callWith(this.inner, () -> assertThat(LockContext.current()).isSameAs(this.inner));
			return assertThat(LockContext.current()).isSameAs(this.outer);
		});
		assertThat(LockContext.find()).isEmpty();
	}

	@Test
	void hasNoLeaseAfterAnException() {
		IOException failure = new IOException();
		assertThatThrownBy(() -> LockContext.callWith(this.outer, () -> {
			throw failure;
		})).isSameAs(failure);
		assertThat(LockContext.find()).isEmpty();
	}

	@Test
	void belongsToOneThread() throws Exception {
		LockContext.callWith(this.outer,
				() -> assertThat(CompletableFuture.supplyAsync(LockContext::find).join()).isEmpty());
	}

}
