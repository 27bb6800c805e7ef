package io.dynlock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which leases a thread can enter again.
 */
class HeldScopesTests {

	private static final LockKey KEY = new LockKey("key");

	private static final LockOptions FIXED = LockOptions.builder()
		.leaseMode(LeaseMode.FIXED)
		.leaseDuration(Duration.ofSeconds(9))
		.build();

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedClient client = new SimulatedClient("a", this.world, ModelTable.retaining());

	private final LeaseSource locks = SimulatedTemplateLease.source(this.client);

	private final HeldScopes scopes = new HeldScopes();

	private TemplateLease acquire() {
		return this.locks.acquire(KEY, FIXED);
	}

	@Test
	void nothingBeforeAScope() {
		assertThat(acquire().isValid()).isTrue();
		assertThat(this.scopes.reenter(KEY)).isEmpty();
	}

	@Test
	void theOneOfItsScope() {
		TemplateLease lease = acquire();
		try (HeldScopes.Scope scope = this.scopes.enter(lease)) {
			assertThat(scope).isNotNull();
			assertThat(this.scopes.reenter(KEY))
				.hasValueSatisfying((inner) -> assertThat(inner.fencingToken()).isEqualTo(lease.fencingToken()));
			assertThat(this.scopes.reenter(new LockKey("another"))).isEmpty();
		}
		assertThat(lease.isValid()).isTrue();
		assertThat(this.scopes.reenter(KEY)).as("after its scope").isEmpty();
	}

	@Test
	void noneOfAnotherThread() {
		try (HeldScopes.Scope scope = this.scopes.enter(acquire())) {
			assertThat(scope).isNotNull();
			assertThat(CompletableFuture.supplyAsync(() -> this.scopes.reenter(KEY)).join()).isEmpty();
		}
	}

	@Test
	void stillTheOuterOneAfterItWasEnteredAgain() {
		try (HeldScopes.Scope scope = this.scopes.enter(acquire())) {
			assertThat(scope).isNotNull();
			this.scopes.enter(this.scopes.reenter(KEY).orElseThrow()).close();
			assertThat(this.scopes.reenter(KEY)).isPresent();
		}
	}

	@Test
	void theOneThatTookThePlaceOfALostOne() {
		HeldScopes.Scope outer = this.scopes.enter(acquire());
		this.world.advance(Duration.ofSeconds(9));
		assertThat(this.scopes.reenter(KEY)).isEmpty();
		TemplateLease second = acquire();
		HeldScopes.Scope inner = this.scopes.enter(second);

		assertThat(this.scopes.reenter(KEY))
			.hasValueSatisfying((lease) -> assertThat(lease.fencingToken()).isEqualTo(second.fencingToken()));
		outer.close();
		assertThat(this.scopes.reenter(KEY)).as("the end of the lost one's scope").isPresent();
		inner.close();
		assertThat(this.scopes.reenter(KEY)).isEmpty();
	}

}
