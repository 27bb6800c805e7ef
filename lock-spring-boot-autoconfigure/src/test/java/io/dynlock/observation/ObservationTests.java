package io.dynlock.observation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LockOptions;
import io.dynlock.LockTimeoutException;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.autoconfigure.observation.DynlockObservationAutoConfiguration;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class ObservationTests {

	private static final String KEY = "deployment:prod";

	private static final LockOptions OPTIONS = LockOptions.builder()
		.name("deployments")
		.sleepBetweenRetries(Duration.ofMillis(10))
		.build();

	private final ApplicationContextRunner bare = SharedDynamoDb.contextRunner();

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(DynlockObservationAutoConfiguration.class));

	private void run(ObservationRegistry registry, Consumer<DistributedLockTemplate> test) {
		this.runner.withBean(ObservationRegistry.class, () -> registry)
			.run((context) -> test.accept(context.getBean("distributedLockTemplate", DistributedLockTemplate.class)));
	}

	@Nested
	class Configuration {

		@Test
		void isNotThereWithoutARegistry() {
			runner.run((context) -> assertThat(context).doesNotHaveBean("observationDynlockTemplateCustomizer"));
		}

		@Test
		void isNotThereWithoutMicrometer() {
			runner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean("observationDynlockTemplateCustomizer"));
		}

		@Test
		void makesNoMetersOfItsOwn() {
			runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
				.run((context) -> assertThat(context).hasSingleBean(LockMeterHandler.class));
		}

		@Test
		void namesTheClient() {
			TestObservationRegistry registry = TestObservationRegistry.create();
			runner.withBean(ObservationRegistry.class, () -> registry)
				.withPropertyValues("dynlock.clients.eu.wait-timeout=1s")
				.run((context) -> context.getBean("distributedLockTemplate-eu", DistributedLockTemplate.class)
					.acquire(KEY)
					.close());
			TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsWithNameEqualTo("dynlock.hold", 1)
				.hasObservationWithNameEqualTo("dynlock.hold")
				.that()
				.hasLowCardinalityKeyValue("client", "eu");
		}

		@Test
		void takesTheConventionsOfTheApplication() {
			TestObservationRegistry registry = TestObservationRegistry.create();
			runner.withBean(ObservationRegistry.class, () -> registry)
				.withBean(AcquireObservationConvention.class, () -> new DefaultAcquireObservationConvention() {

					@Override
					public String getName() {
						return "mine";
					}

				})
				.withBean(HoldObservationConvention.class, () -> new DefaultHoldObservationConvention() {

					@Override
					public KeyValues getHighCardinalityKeyValues(LockObservationContext context) {
						return KeyValues.of("secret", "no");
					}

				})
				.run((context) -> context.getBean("distributedLockTemplate", DistributedLockTemplate.class)
					.acquire(KEY, OPTIONS)
					.close());
			TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsWithNameEqualTo("mine", 1)
				.hasObservationWithNameEqualTo("dynlock.hold")
				.that()
				.hasHighCardinalityKeyValue("secret", "no")
				.doesNotHaveHighCardinalityKeyValueWithKey("key");
		}

	}

	@Nested
	class Observations {

		private final TestObservationRegistry registry = TestObservationRegistry.create();

		@Test
		void tellWhatWasWaitedForAndHeld() {
			run(this.registry, (locks) -> {
				Lease lease = locks.acquire(KEY, OPTIONS);
				lease.close();
				TestObservationRegistryAssert.assertThat(this.registry)
					.hasObservationWithNameEqualTo("dynlock.acquire")
					.that()
					.hasBeenStarted()
					.hasBeenStopped()
					.hasContextualNameEqualTo("acquire deployments")
					.hasLowCardinalityKeyValue("name", "deployments")
					.hasLowCardinalityKeyValue("client", "default")
					.hasLowCardinalityKeyValue("outcome", "acquired")
					.hasHighCardinalityKeyValue("key", KEY);
				TestObservationRegistryAssert.assertThat(this.registry)
					.hasObservationWithNameEqualTo("dynlock.hold")
					.that()
					.hasBeenStarted()
					.hasBeenStopped()
					.hasContextualNameEqualTo("hold deployments")
					.hasLowCardinalityKeyValue("name", "deployments")
					.hasLowCardinalityKeyValue("client", "default")
					.hasLowCardinalityKeyValue("outcome", "released")
					.hasHighCardinalityKeyValue("key", KEY)
					.hasHighCardinalityKeyValue("fencing.token", Long.toString(lease.fencingToken()));
			});
		}

		@Test
		void endWithTheLeaseAndNotBefore() {
			run(this.registry, (locks) -> {
				try (Lease lease = locks.acquire(KEY, OPTIONS)) {
					TestObservationRegistryAssert.assertThat(this.registry)
						.hasObservationWithNameEqualTo("dynlock.hold")
						.that()
						.isNotStopped();
					assertThat(lease.isValid()).isTrue();
				}
			});
		}

		@Test
		void tellWhyALockWasNotHad() {
			bare.run((other) -> {
				other.getBean(DistributedLockTemplate.class).acquire(KEY);
				run(this.registry, (locks) -> {
					assertThat(locks.tryAcquire(KEY, OPTIONS.toBuilder().waitTimeout(Duration.ZERO).build())).isEmpty();
					TestObservationRegistryAssert.assertThat(this.registry)
						.doesNotHaveAnyRemainingCurrentObservation()
						.hasObservationWithNameEqualTo("dynlock.acquire")
						.that()
						.hasBeenStopped()
						.doesNotHaveError()
						.hasLowCardinalityKeyValue("outcome", "busy");
					TestObservationRegistryAssert.assertThat(this.registry)
						.hasNumberOfObservationsWithNameEqualTo("dynlock.hold", 0);
				});
			});
		}

		@Test
		void tellOfATimeoutAsAFailure() {
			bare.run((other) -> {
				other.getBean(DistributedLockTemplate.class).acquire(KEY);
				run(this.registry, (locks) -> {
					assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(
							() -> locks.acquire(KEY, OPTIONS.toBuilder().waitTimeout(Duration.ofMillis(1)).build()));
					TestObservationRegistryAssert.assertThat(this.registry)
						.hasObservationWithNameEqualTo("dynlock.acquire")
						.that()
						.hasBeenStopped()
						.hasError()
						.hasLowCardinalityKeyValue("outcome", "timeout");
				});
			});
		}

		@Test
		void lastUntilTheCodeHasReturnedThatLostItsLock() {
			run(this.registry, (locks) -> {
				assertThatExceptionOfType(LockLostException.class)
					.isThrownBy(() -> locks.execute(KEY, OPTIONS, (lease) -> {
						CompletableFuture<Boolean> lost = new CompletableFuture<>();
						lease.onLost((reason) -> lost.complete(true));
						locks.forceRelease(KEY);
						lost.join();
						TestObservationRegistryAssert.assertThat(this.registry)
							.hasObservationWithNameEqualTo("dynlock.hold")
							.that()
							.isNotStopped();
						return "late";
					}));
				TestObservationRegistryAssert.assertThat(this.registry)
					.hasObservationWithNameEqualTo("dynlock.hold")
					.that()
					.hasBeenStopped()
					.hasLowCardinalityKeyValue("outcome", "force_released");
			});
		}

		@Test
		void areNotMadeOfCodeThatEntersItsLockAgain() {
			run(this.registry,
					(locks) -> locks.executeWithoutResult(KEY,
							(outer) -> locks.executeWithoutResult(KEY,
									(inner) -> TestObservationRegistryAssert.assertThat(this.registry)
										.hasNumberOfObservationsWithNameEqualTo("dynlock.acquire", 1)
										.hasNumberOfObservationsWithNameEqualTo("dynlock.hold", 1))));
		}

		@Test
		void areNotLeftBehindInAnyThread() {
			run(this.registry, (locks) -> {
				Observation caller = Observation.start("caller", this.registry);
				CompletableFuture<Observation> current = new CompletableFuture<>();
				CompletableFuture<String> result;
				try (Observation.Scope scope = caller.openScope()) {
					result = locks.executeAsync(KEY, OPTIONS, (lease) -> {
						current.complete(this.registry.getCurrentObservation());
						return CompletableFuture.completedFuture("done");
					});
					assertThat(this.registry.getCurrentObservation()).isSameAs(caller);
				}
				assertThat(result.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("done");
				caller.stop();
				assertThat(this.registry.getCurrentObservation()).isNull();
				Observation hold = Objects.requireNonNull(current.join());
				assertThat(hold.getContextView().getName()).isEqualTo("dynlock.hold");
				assertThat(hold.getContextView().getParentObservation()).isSameAs(caller);
			});
		}

	}

	@Nested
	class Spans {

		private final SimpleTracer tracer = new SimpleTracer();

		private final ObservationRegistry registry = ObservationRegistry.create();

		Spans() {
			this.registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(this.tracer));
		}

		@Test
		void ofTheGuardedCodeAreInsideThatOfHolding() {
			run(this.registry, (locks) -> observed("caller", () -> locks.execute(KEY, OPTIONS, (lease) -> {
				observed("work", () -> {
				});
				return "done";
			})));
			verifyFamily();
		}

		@Test
		void ofAnAnnotatedMethodAreInsideThatOfHolding() {
			runner.withBean(ObservationRegistry.class, () -> this.registry)
				.withBean(Work.class, () -> new Work(() -> observed("work", () -> {
				})))
				.run((context) -> observed("caller", () -> context.getBean(Work.class).run()));
			verifyFamily();
		}

		private void verifyFamily() {
			SimpleSpan caller = span("caller");
			assertThat(span("acquire deployments").getParentId()).isEqualTo(caller.getSpanId());
			assertThat(span("hold deployments").getParentId()).isEqualTo(caller.getSpanId());
			assertThat(span("work").getParentId()).isEqualTo(span("hold deployments").getSpanId());
			assertThat(this.tracer.getSpans()).extracting(SimpleSpan::getTraceId).containsOnly(caller.getTraceId());
			assertThat(span("hold deployments").getTags()).containsEntry("outcome", "released").containsKey("key");
			assertThat(this.tracer.currentSpan()).isNull();
		}

		private SimpleSpan span(String name) {
			List<SimpleSpan> found = this.tracer.getSpans()
				.stream()
				.filter((span) -> name.equals(span.getName()))
				.toList();
			assertThat(found).as(name).hasSize(1);
			Awaitility.await().until(() -> found.get(0).getEndTimestamp().toEpochMilli() > 0);
			return found.get(0);
		}

		private void observed(String name, Runnable code) {
			Observation.createNotStarted(name, this.registry).observe(code);
		}

	}

	static class Work {

		private final Runnable work;

		Work(Runnable work) {
			this.work = work;
		}

		@WithDistributedLock(name = "deployments", key = "'prod'")
		public void run() {
			this.work.run();
		}

	}

}
