package io.dynlock.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.autoconfigure.observation.DynlockObservationAutoConfiguration;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a method returns, and however many locks it holds: logs and traces know of
 * them while it runs.
 */
@Timeout(60)
class ScopeOfHoldingTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@Test
	void ofAValue() {
		verify(1, "job:a", (jobs) -> CompletableFuture.completedFuture(jobs.value()));
	}

	@Test
	void ofAStage() {
		verify(1, "job:a", Jobs::stage);
	}

	@Test
	void ofAPublisher() {
		verify(1, "job:a", (jobs) -> jobs.mono().toFuture());
	}

	@Test
	void ofAValueUnderSeveralLocks() {
		verify(2, "job:b", (jobs) -> CompletableFuture.completedFuture(jobs.valueUnderSeveral()));
	}

	@Test
	void ofAStageUnderSeveralLocks() {
		verify(2, "job:b", Jobs::stageUnderSeveral);
	}

	@Test
	void ofAPublisherUnderSeveralLocks() {
		verify(2, "job:b", (jobs) -> jobs.monoUnderSeveral().toFuture());
	}

	private void verify(int locks, String key, Function<Jobs, CompletableFuture<Scope>> call) {
		SharedDynamoDb.contextRunner()
			.withConfiguration(AutoConfigurations.of(DynlockObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> this.registry)
			.withBean(Jobs.class)
			.run((context) -> {
				Observation caller = Observation.start("caller", this.registry);
				try (Observation.Scope scope = caller.openScope()) {
					Scope inside = call.apply(context.getBean(Jobs.class)).get(30, TimeUnit.SECONDS);
					assertThat(inside.key()).isEqualTo(key);
					assertThat(inside.observation()).isNotNull().satisfies((hold) -> {
						assertThat(hold.getContextView().getName()).isEqualTo("dynlock.hold");
						assertThat(hold.getContextView().getHighCardinalityKeyValue("key").getValue()).isEqualTo(key);
					});
					assertThat(Scope.current(this.registry)).isEqualTo(new Scope(null, caller));
				}
				caller.stop();
			});
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("dynlock.hold", locks)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasObservationWithNameEqualTo("dynlock.hold")
			.that()
			.hasBeenStopped();
	}

	/**
	 * What a thread has of the lock.
	 *
	 * @param key that in the context of the log
	 * @param observation what is observed
	 */
	record Scope(@Nullable String key, @Nullable Observation observation) {

		static Scope current(ObservationRegistry registry) {
			return new Scope(MDC.get("dynlock.key"), registry.getCurrentObservation());
		}

	}

	static class Jobs {

		private final ObservationRegistry registry;

		Jobs(ObservationRegistry registry) {
			this.registry = registry;
		}

		@WithDistributedLock(name = "job", key = "'a'")
		public Scope value() {
			return Scope.current(this.registry);
		}

		@WithDistributedLock(name = "job", key = "'a'")
		public CompletableFuture<Scope> stage() {
			return CompletableFuture.completedFuture(Scope.current(this.registry));
		}

		@WithDistributedLock(name = "job", key = "'a'")
		public Mono<Scope> mono() {
			return Mono.just(Scope.current(this.registry));
		}

		@WithDistributedLock(name = "job", keys = { "'b'", "'a'" })
		public Scope valueUnderSeveral() {
			return Scope.current(this.registry);
		}

		@WithDistributedLock(name = "job", keys = { "'b'", "'a'" })
		public CompletableFuture<Scope> stageUnderSeveral() {
			return CompletableFuture.completedFuture(Scope.current(this.registry));
		}

		@WithDistributedLock(name = "job", keys = { "'b'", "'a'" })
		public Mono<Scope> monoUnderSeveral() {
			return Mono.just(Scope.current(this.registry));
		}

	}

}
