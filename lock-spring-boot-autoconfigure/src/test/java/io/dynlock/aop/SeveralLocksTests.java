package io.dynlock.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockTimeoutException;
import io.dynlock.MultiLease;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.LockTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Methods that hold several locks, and how methods get what they hold.
 */
@LockTest
@Timeout(60)
class SeveralLocksTests {

	private final Accounts accounts;

	private final DistributedLockOperations locks;

	SeveralLocksTests(@Autowired Accounts accounts, @Autowired DistributedLockTemplate locks) {
		this.accounts = accounts;
		this.locks = locks;
	}

	@Test
	void theKeysAreTakenInOrderAndEachOnce() {
		assertThat(this.accounts.transfer("2", "1", null)).containsExactly("account:1", "account:2");
		assertThat(this.accounts.transfer("1", "1", null)).containsExactly("account:1");
	}

	@Test
	void allAreHeldWhileTheMethodRunsAndNoneAfterwards() {
		this.accounts.transfer("1", "2", null);

		assertThat(this.accounts.heldInside()).containsExactly(true, true);
		assertThat(this.locks.status("account:1").isHeld()).isFalse();
		assertThat(this.locks.status("account:2").isHeld()).isFalse();
	}

	@Test
	void anExpressionMayGiveManyKeys() {
		assertThat(this.accounts.all(List.of("3", "1"), new Integer[] { 7 })).containsExactly("account:1", "account:3",
				"account:7");
	}

	@Test
	void anEmptyListIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.accounts.all(List.of(), new Integer[] { 7 }))
			.withMessage("The expression '#ids' of @WithDistributedLock on Accounts.all() gives an empty list, so there"
					+ " is nothing to lock; call the method only with something to do");
	}

	@Test
	void noneOfTheKeysMayBeNull() {
		List<@Nullable String> ids = new ArrayList<>();
		ids.add("1");
		ids.add(null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.accounts.all(ids, new Integer[] { 7 }))
			.withMessageContaining("gives null");
		assertThat(this.locks.status("account:1").isHeld()).isFalse();
	}

	@Test
	void oneThatIsHeldIsNamedAndTheOthersAreFree() {
		try (Lease held = this.locks.acquire("account:2")) {
			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> this.accounts.transfer("1", "2", null))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("account:2"));
			assertThat(this.accounts.skip("1", "2")).isZero();
			assertThat(this.locks.status("account:1").isHeld()).isFalse();
			assertThat(held.isValid()).isTrue();
		}
		assertThat(this.accounts.skip("1", "2")).isEqualTo(2);
	}

	@Test
	void aStageKeepsThemAll() throws Exception {
		CompletableFuture<String> work = new CompletableFuture<>();
		CompletionStage<String> result = this.accounts.later("1", "2", work);
		assertThat(this.locks.status("account:1").isHeld()).isTrue();
		assertThat(this.locks.status("account:2").isHeld()).isTrue();

		work.complete("done");

		assertThat(result.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo("done");
		assertThat(this.locks.status("account:1").isHeld()).isFalse();
		assertThat(this.locks.status("account:2").isHeld()).isFalse();
	}

	@Test
	void theContextHasWhatTheInnermostMethodHolds() {
		this.accounts.context("1", "2", () -> {
			assertThat(LockContext.currentMulti().leases()).extracting(Lease::key)
				.containsExactly("account:1", "account:2");
			assertThat(LockContext.find()).isEmpty();
			assertThatIllegalStateException().isThrownBy(LockContext::current).withMessageContaining("currentMulti()");
			this.accounts.single("3", null);
		});
		assertThat(LockContext.findMulti()).isEmpty();
	}

	@Test
	void aSingleLeaseIsPassedInPlaceOfWhatTheCallerPasses() {
		try (Lease other = this.locks.acquire("other")) {
			assertThat(this.accounts.single("3", null)).isEqualTo("account:3");
			assertThat(this.accounts.single("3", other)).isEqualTo("account:3");
		}
	}

	static class Accounts {

		private final DistributedLockOperations locks;

		private final List<Boolean> heldInside = new ArrayList<>();

		Accounts(DistributedLockOperations locks) {
			this.locks = locks;
		}

		/** Not the field, which a proxy has as well. */
		List<Boolean> heldInside() {
			return this.heldInside;
		}

		@WithDistributedLock(name = "account", keys = { "#from", "#to" }, waitTimeout = "0")
		public List<String> transfer(String from, String to, @Nullable MultiLease leases) {
			this.heldInside.clear();
			if (leases == null) {
				return List.of();
			}
			leases.leases().forEach((lease) -> this.heldInside.add(this.locks.status(lease.key()).isHeld()));
			return leases.leases().stream().map(Lease::key).toList();
		}

		@WithDistributedLock(name = "account", keys = { "#ids", "#more" })
		public List<String> all(List<? extends @Nullable String> ids, Integer[] more) {
			return LockContext.currentMulti().leases().stream().map(Lease::key).toList();
		}

		@WithDistributedLock(name = "account", keys = { "#from", "#to" }, onBusy = OnBusy.SKIP)
		public int skip(String from, String to) {
			return LockContext.currentMulti().leases().size();
		}

		@WithDistributedLock(name = "account", keys = { "#from", "#to" })
		public CompletionStage<String> later(String from, String to, CompletionStage<String> work) {
			return work;
		}

		@WithDistributedLock(name = "account", keys = { "#from", "#to" })
		public void context(String from, String to, Runnable work) {
			work.run();
		}

		@WithDistributedLock(name = "account", key = "#id")
		public String single(String id, @Nullable Lease lease) {
			assertThat(lease).isSameAs(LockContext.current());
			assertThatIllegalStateException().isThrownBy(LockContext::currentMulti).withMessageContaining("current()");
			return LockContext.current().key();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Accounts accounts(DistributedLockOperations locks) {
			return new Accounts(locks);
		}

	}

}
