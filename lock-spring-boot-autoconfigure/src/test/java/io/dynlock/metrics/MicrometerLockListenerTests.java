package io.dynlock.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockInterruptedException;
import io.dynlock.LockListener.Outcome;
import io.dynlock.LockLostException;
import io.dynlock.LockOptions;
import io.dynlock.LockStatus;
import io.dynlock.LockTimeoutException;
import io.dynlock.LossReason;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@Timeout(60)
class MicrometerLockListenerTests {

	private static final String KEY = "orders:secret-4711";

	private static final LockOptions OPTIONS = LockOptions.builder()
		.name("orders")
		.sleepBetweenRetries(Duration.ofMillis(10))
		.build();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	/** What a user gets, from locks in a real table. */
	@Nested
	class WithLocks {

		private final ApplicationContextRunner other = SharedDynamoDb.contextRunner();

		private final ApplicationContextRunner runner = this.other.withBean(MeterRegistry.class,
				() -> MicrometerLockListenerTests.this.registry);

		@Test
		void anAcquisitionAndARelease() {
			run((locks) -> {
				Lease lease = locks.acquire(KEY, OPTIONS);
				assertThat(timer("dynlock.acquire", "name", "orders", "outcome", "acquired")).isOne();
				assertThat(timer("dynlock.acquire.attempt", "name", "orders", "outcome", "acquired")).isOne();
				assertThat(gauge("dynlock.held")).isOne();
				assertThat(gauge("dynlock.waiting")).isZero();
				lease.close();
				assertThat(gauge("dynlock.held")).isZero();
				assertThat(timer("dynlock.hold", "name", "orders")).isOne();
				assertThat(counter("dynlock.requests", "operation", "UpdateItem", "outcome", "answered")).isEqualTo(2);
				assertThat(counter("dynlock.requests", "operation", "CreateTable", "outcome", "answered")).isOne();
			});
		}

		@Test
		void severalLeasesOfOneName() {
			run((locks) -> {
				Lease first = locks.acquire(KEY, OPTIONS);
				Lease second = locks.acquire(KEY + "-2", OPTIONS);
				assertThat(gauge("dynlock.held")).isEqualTo(2);
				first.close();
				second.close();
				second.close();
				assertThat(gauge("dynlock.held")).isZero();
				assertThat(timer("dynlock.hold", "name", "orders")).isEqualTo(2);
			});
		}

		@Test
		void aTryInVain() {
			runWhileBusy((locks) -> {
				assertThat(locks.tryAcquire(KEY, OPTIONS.toBuilder().waitTimeout(Duration.ZERO).build())).isEmpty();
				assertThat(timer("dynlock.acquire", "name", "orders", "outcome", "busy")).isOne();
				assertThat(timer("dynlock.acquire.attempt", "name", "orders", "outcome", "busy")).isOne();
				assertThat(MicrometerLockListenerTests.this.registry.find("dynlock.hold").timer()).isNull();
			});
		}

		@Test
		void aTimeoutAfterRetries() {
			runWhileBusy((locks) -> {
				assertThatExceptionOfType(LockTimeoutException.class)
					.isThrownBy(() -> locks.acquire(KEY, OPTIONS.toBuilder().maxRetries(3).build()));
				assertThat(timer("dynlock.acquire", "name", "orders", "outcome", "timeout")).isOne();
				assertThat(timer("dynlock.acquire.attempt", "name", "orders", "outcome", "busy")).isEqualTo(4);
			});
		}

		@Test
		void aCallerThatIsInterruptedWhileItWaits() {
			runWhileBusy((locks) -> {
				Thread caller = new Thread(() -> assertThatExceptionOfType(LockInterruptedException.class)
					.isThrownBy(() -> locks.acquire(KEY, OPTIONS)));
				caller.start();
				Awaitility.await().until(() -> gauge("dynlock.waiting") == 1);
				caller.interrupt();
				caller.join();
				assertThat(gauge("dynlock.waiting")).isZero();
				assertThat(timer("dynlock.acquire", "name", "orders", "outcome", "failed")).isOne();
			});
		}

		@Test
		void waitingCallers() {
			run((locks) -> {
				Lease lease = locks.acquire(KEY, OPTIONS);
				CompletableFuture<Lease> waiting = CompletableFuture.supplyAsync(() -> locks.acquire(KEY, OPTIONS));
				Awaitility.await().until(() -> gauge("dynlock.waiting") == 1);
				lease.close();
				waiting.get(30, TimeUnit.SECONDS).close();
				assertThat(gauge("dynlock.waiting")).isZero();
				assertThat(timer("dynlock.acquire", "name", "orders", "outcome", "acquired")).isEqualTo(2);
			});
		}

		@Test
		void aRenewal() {
			run((locks) -> {
				try (Lease lease = locks.acquire(KEY, OPTIONS)) {
					lease.renew();
				}
				assertThat(timer("dynlock.renew", "name", "orders", "outcome", "renewed")).isOne();
			});
		}

		@Test
		void aLoss() {
			run((locks) -> {
				Lease lease = locks.acquire(KEY, OPTIONS);
				this.other.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).forceRelease(KEY))
					.isPresent());
				assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);
				Awaitility.await()
					.untilAsserted(
							() -> assertThat(counter("dynlock.lost", "name", "orders", "reason", "force_released"))
								.isOne());
				assertThat(timer("dynlock.renew", "name", "orders", "outcome", "failed")).isOne();
				assertThat(timer("dynlock.hold", "name", "orders")).isOne();
				assertThat(gauge("dynlock.held")).isZero();
				lease.close();
				assertThat(gauge("dynlock.held")).isZero();
				assertThat(timer("dynlock.hold", "name", "orders")).isOne();
			});
		}

		@Test
		void leasesThatTheEndOfTheApplicationTakes() {
			run((locks) -> locks.acquire(KEY, OPTIONS));
			Awaitility.await()
				.untilAsserted(() -> assertThat(counter("dynlock.lost", "name", "orders", "reason", "closed")).isOne());
			assertThat(gauge("dynlock.held")).isZero();
		}

		private void run(Case test) {
			this.runner.run((context) -> test.run(context.getBean(DistributedLockTemplate.class)));
			assertThatKeysAreNoTags();
		}

		private void runWhileBusy(Case test) {
			this.other.run((context) -> {
				try (Lease lease = context.getBean(DistributedLockTemplate.class).acquire(KEY)) {
					run(test);
					assertThat(lease.isValid()).isTrue();
				}
			});
		}

	}

	private interface Case {

		void run(DistributedLockTemplate locks) throws Exception;

	}

	/** What is told to the listener, and what becomes of it. */
	@Nested
	class Events {

		private final MicrometerLockListener listener = new MicrometerLockListener(
				MicrometerLockListenerTests.this.registry, "blue");

		private final Lease lease = mock(Lease.class);

		@ParameterizedTest
		@MethodSource("io.dynlock.metrics.MicrometerLockListenerTests#reasons")
		void everyReasonOfALossHasItsTag(LossReason reason, String tag) {
			given(this.lease.name()).willReturn("orders");
			this.listener.acquired(this.lease);
			this.listener.lost(this.lease, reason, Duration.ofSeconds(3));
			assertThat(counter("dynlock.lost", "name", "orders", "reason", tag, "client", "blue")).isOne();
			assertThat(
					MicrometerLockListenerTests.this.registry.get("dynlock.hold").timer().totalTime(TimeUnit.SECONDS))
				.isEqualTo(3);
		}

		@Test
		void failuresHaveTheirTag() {
			this.listener.attempted(KEY, "orders", Outcome.FAILED, Duration.ofSeconds(1));
			this.listener.requested("GetItem", false);
			assertThat(timer("dynlock.acquire.attempt", "name", "orders", "outcome", "failed")).isOne();
			assertThat(counter("dynlock.requests", "operation", "GetItem", "outcome", "failed")).isOne();
		}

		@Test
		void theMetersAreThoseThatAreDocumented() {
			given(this.lease.name()).willReturn("orders");
			this.listener.acquireStarted(KEY, "orders");
			this.listener.attempted(KEY, "orders", Outcome.ACQUIRED, Duration.ofSeconds(1));
			this.listener.acquireEnded(KEY, "orders", Outcome.ACQUIRED, Duration.ofSeconds(1));
			this.listener.acquired(this.lease);
			this.listener.renewed(this.lease, true, Duration.ofSeconds(1));
			this.listener.lost(this.lease, new LossReason.Expired(), Duration.ofSeconds(1));
			this.listener.requested("UpdateItem", true);
			List<Meter> meters = MicrometerLockListenerTests.this.registry.getMeters();
			assertThat(meters).extracting(MicrometerLockListenerTests::describe)
				.containsExactlyInAnyOrder("TIMER dynlock.acquire [client, name, outcome]",
						"TIMER dynlock.acquire.attempt [client, name, outcome]", "TIMER dynlock.hold [client, name]",
						"GAUGE dynlock.held [client, name]", "GAUGE dynlock.waiting [client, name]",
						"TIMER dynlock.renew [client, name, outcome]", "COUNTER dynlock.lost [client, name, reason]",
						"COUNTER dynlock.requests [client, operation, outcome]");
			assertThat(meters).allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank());
			assertThatKeysAreNoTags();
		}

	}

	static Stream<Object[]> reasons() {
		LockStatus status = new LockStatus(KEY, true, Optional.empty(), Optional.empty(), Optional.empty(),
				Optional.empty(), Optional.empty(), OptionalLong.empty());
		return Stream.of(new Object[] { new LossReason.Expired(), "expired" },
				new Object[] { new LossReason.Unreachable("no route", Optional.empty()), "unreachable" },
				new Object[] { new LossReason.Taken(status), "taken" },
				new Object[] { new LossReason.ForceReleased(), "force_released" },
				new Object[] { new LossReason.Closed(), "closed" });
	}

	private static String describe(Meter meter) {
		return meter.getId().getType() + " " + meter.getId().getName() + " "
				+ meter.getId().getTags().stream().map(Tag::getKey).sorted().toList();
	}

	private void assertThatKeysAreNoTags() {
		assertThat(this.registry.getMeters()).flatMap((meter) -> meter.getId().getTags())
			.extracting(Tag::getValue)
			.isNotEmpty()
			.noneMatch((value) -> value.contains("4711"));
	}

	private long timer(String name, String... tags) {
		return this.registry.get(name).tags(tags).timer().count();
	}

	private double counter(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private double gauge(String name) {
		return this.registry.get(name).tags("name", "orders", "client", "default").gauge().value();
	}

}
