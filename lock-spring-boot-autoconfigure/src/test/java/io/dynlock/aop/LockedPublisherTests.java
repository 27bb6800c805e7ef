package io.dynlock.aop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LockTimeoutException;
import io.dynlock.MultiLease;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.LockTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Methods that return Reactor's types: the lock is taken for each subscription.
 */
@LockTest
@Timeout(60)
class LockedPublisherTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final Jobs jobs;

	private final DistributedLockOperations locks;

	LockedPublisherTests(@Autowired Jobs jobs, @Autowired DistributedLockTemplate locks) {
		this.jobs = jobs;
		this.locks = locks;
	}

	private boolean isHeld(String key) {
		return this.locks.status(key).isHeld();
	}

	private void lose(Lease lease) {
		this.locks.forceRelease(lease.key());
		await().until(() -> !lease.isValid());
	}

	@Test
	void nothingHappensBeforeItIsSubscribedTo() {
		int before = this.jobs.calls().get();

		Mono<String> unused = this.jobs.work("lazy", Mono.just("done"));

		assertThat(unused).isNotNull();
		assertThat(this.jobs.calls()).hasValue(before);
		assertThat(isHeld("job:lazy")).isFalse();
	}

	@Test
	void eachSubscriptionTakesTheLockAnew() {
		Mono<Long> token = this.jobs.token("anew", null);

		Long first = token.block(LIMIT);
		Long second = token.block(LIMIT);

		assertThat(second).isNotNull().isGreaterThan(first);
	}

	@Test
	void theLockIsHeldUntilAMonoCompletesAndFreeBeforeAnybodyHearsOfIt() throws Exception {
		Sinks.One<String> work = Sinks.one();
		CompletableFuture<Boolean> heldAfterwards = this.jobs.work("mono", work.asMono())
			.map((result) -> isHeld("job:mono"))
			.toFuture();
		await().until(() -> isHeld("job:mono"));
		assertThat(heldAfterwards).isNotDone();

		work.tryEmitValue("done").orThrow();

		assertThat(heldAfterwards.get(20, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void theLockIsHeldUntilAFluxCompletes() throws Exception {
		Sinks.Many<Integer> work = Sinks.many().unicast().onBackpressureBuffer();
		CompletableFuture<List<Integer>> result = this.jobs.many("flux", work.asFlux()).collectList().toFuture();
		work.tryEmitNext(1).orThrow();
		await().until(() -> isHeld("job:flux"));
		work.tryEmitNext(2).orThrow();
		assertThat(result).isNotDone();

		work.tryEmitComplete().orThrow();

		assertThat(result.get(20, TimeUnit.SECONDS)).containsExactly(1, 2);
		assertThat(isHeld("job:flux")).isFalse();
	}

	@Test
	void aFailureArrivesUnchangedAndReleases() {
		IllegalStateException failure = new IllegalStateException("the work failed");

		CompletableFuture<String> result = this.jobs.work("failing", Mono.error(failure)).toFuture();

		await().until(result::isCompletedExceptionally);
		assertThat(result.handle((value, ex) -> ex).join()).isSameAs(failure);
		assertThat(isHeld("job:failing")).isFalse();
	}

	@Test
	void anExceptionBeforeThereIsAPublisherArrivesAsItsFailure() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.jobs.throwing("throwing").block(LIMIT))
			.withMessage("thrown");
		assertThat(isHeld("job:throwing")).isFalse();
	}

	@Test
	void noPublisherAndAnEmptyOneAreEmpty() {
		assertThat(this.jobs.nothing("nothing").blockOptional(LIMIT)).isEmpty();
		assertThat(this.jobs.work("empty", Mono.empty()).blockOptional(LIMIT)).isEmpty();
		assertThat(isHeld("job:nothing")).isFalse();
		assertThat(isHeld("job:empty")).isFalse();
	}

	@Test
	void cancellingReleases() {
		Disposable subscription = this.jobs.work("cancelled", Mono.never()).subscribe();
		await().until(() -> isHeld("job:cancelled"));

		subscription.dispose();

		await().until(() -> !isHeld("job:cancelled"));
	}

	@Test
	void cancellingWhileItWaitsLeavesNothing() {
		int before = this.jobs.calls().get();
		Lease held = this.locks.acquire("job:waiting");
		Disposable subscription = this.jobs.work("waiting", Mono.never()).subscribe();

		subscription.dispose();
		held.release();

		try (Lease next = this.locks.acquire("job:waiting")) {
			assertThat(next.isValid()).isTrue();
		}
		assertThat(this.jobs.calls()).hasValue(before);
	}

	@Test
	void cancellingAtAnyMomentLeavesNothing() {
		for (int i = 0; i < 100; i++) {
			Disposable subscription = this.jobs
				.work("any", Mono.delay(Duration.ofNanos(i * 1000L)).map(String::valueOf))
				.subscribe();
			Mono.delay(Duration.ofNanos(i * 50_000L)).doOnTerminate(subscription::dispose).block(LIMIT);
		}
		await().until(() -> !isHeld("job:any"));
	}

	@Test
	void whatIsBusyIsAFailureOrSkipped() {
		try (Lease held = this.locks.acquire("job:busy")) {
			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> this.jobs.impatient("busy").block(LIMIT))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo(held.key()));
			assertThat(this.jobs.skip("busy", Mono.just("done")).blockOptional(LIMIT)).isEmpty();
			assertThat(this.jobs.skipMany("busy").collectList().block(LIMIT)).isEmpty();
		}
		assertThat(this.jobs.skip("busy", Mono.just("done")).block(LIMIT)).isEqualTo("done");
		assertThat(this.jobs.skipMany("busy").collectList().block(LIMIT)).containsExactly(1);
	}

	@Test
	void aTimeoutOfTheWorkItselfIsNotTakenForABusyLock() {
		try (Lease held = this.locks.acquire("inner")) {
			Mono<String> work = Mono
				.fromFuture(() -> this.locks.acquireAsync(held.key(),
						this.locks.options().toBuilder().waitTimeout(Duration.ZERO).build()))
				.map(Lease::key);
			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> this.jobs.skip("outer", work).block(LIMIT))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("inner"));
		}
	}

	@Test
	void aLossTurnsTheResultIntoAFailure() {
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> this.jobs.losing("lost", this::lose).block(LIMIT))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("job:lost"));
	}

	@Test
	void aLossIsSuppressedIntoTheFailureOfTheWork() {
		IllegalStateException failure = new IllegalStateException("the work failed");

		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.jobs.losing("suppressed", (lease) -> {
				lose(lease);
				throw failure;
			}).block(LIMIT))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasAtLeastOneElementOfType(LockLostException.class));
	}

	@Test
	void whatWasGivenBackEarlyIsNotLost() {
		assertThat(this.jobs.losing("early", Lease::release).block(LIMIT)).isEqualTo("done");
	}

	@Test
	void theFailureAfterALockWasGivenBackEarlyArrivesUnchanged() {
		IllegalStateException failure = new IllegalStateException("the work failed");

		CompletableFuture<String> result = this.jobs.losing("early-failure", (lease) -> {
			lease.release();
			throw failure;
		}).toFuture();

		await().until(result::isCompletedExceptionally);
		assertThat(result.handle((value, ex) -> ex).join()).isSameAs(failure);
		assertThat(failure.getSuppressed()).isEmpty();
	}

	@Test
	void aLossThatIsOnlyLoggedLeavesTheResult() {
		assertThat(this.jobs.logging("logged", this::lose).block(LIMIT)).isEqualTo("done");
	}

	@Test
	void aLossEndsTheWorkWhereThePolicyIsToInterrupt() {
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> this.jobs.interrupted("ended", this::lose).block(LIMIT));
	}

	@Test
	void theWorkHasItsLeaseAndLeavesTheThreadsOfTheLocks() {
		List<String> seen = this.jobs.seen("seen", null).collectList().block(LIMIT);

		assertThat(seen).containsExactly("job:seen", "job:seen", "job:seen", "parallel");
	}

	@Test
	void severalLocksAreHeldAsOne() {
		List<String> seen = this.jobs.several("b", "a", null).collectList().block(LIMIT);

		assertThat(seen).containsExactly("job:a", "job:b", "true", "true", "job:a", "job:b");
		assertThat(isHeld("job:a")).isFalse();
		assertThat(isHeld("job:b")).isFalse();
	}

	/** What a test does to a lease. */
	@FunctionalInterface
	interface Mishap {

		void befall(Lease lease);

	}

	static class Jobs {

		private final DistributedLockOperations locks;

		private final AtomicInteger calls = new AtomicInteger();

		Jobs(DistributedLockOperations locks) {
			this.locks = locks;
		}

		/** Not the field, which a proxy has as well. */
		AtomicInteger calls() {
			return this.calls;
		}

		@WithDistributedLock(name = "job", key = "#id")
		public Mono<String> work(String id, Mono<String> work) {
			this.calls.incrementAndGet();
			return work;
		}

		@WithDistributedLock(name = "job", key = "#id")
		public Flux<Integer> many(String id, Flux<Integer> work) {
			return work;
		}

		@WithDistributedLock(name = "job", key = "#id")
		public Mono<Long> token(String id, @Nullable Lease lease) {
			return Mono.justOrEmpty(lease).map(Lease::fencingToken);
		}

		@WithDistributedLock(name = "job", key = "#id")
		public Mono<String> throwing(String id) {
			throw new IllegalArgumentException("thrown");
		}

		@WithDistributedLock(name = "job", key = "#id")
		@SuppressWarnings("NullAway")
		public Mono<String> nothing(String id) {
			return null;
		}

		@WithDistributedLock(name = "job", key = "#id", waitTimeout = "0")
		public Mono<String> impatient(String id) {
			return Mono.just("done");
		}

		@WithDistributedLock(name = "job", key = "#id", onBusy = OnBusy.SKIP)
		public Mono<String> skip(String id, Mono<String> work) {
			return work;
		}

		@WithDistributedLock(name = "job", key = "#id", onBusy = OnBusy.SKIP)
		public Flux<Integer> skipMany(String id) {
			return Flux.just(1);
		}

		@WithDistributedLock(name = "job", key = "#id", leaseDuration = "300ms")
		public Mono<String> losing(String id, Mishap mishap) {
			mishap.befall(LockContext.current());
			return Mono.just("done");
		}

		@WithDistributedLock(name = "job", key = "#id", leaseDuration = "300ms", onLost = "log")
		public Mono<String> logging(String id, Mishap mishap) {
			mishap.befall(LockContext.current());
			return Mono.just("done");
		}

		@WithDistributedLock(name = "job", key = "#id", leaseDuration = "300ms", onLost = "interrupt")
		public Mono<String> interrupted(String id, Mishap mishap) {
			mishap.befall(LockContext.current());
			return Mono.never();
		}

		@WithDistributedLock(name = "job", key = "#id")
		public Flux<String> seen(String id, @Nullable Lease lease) {
			String inContext = LockContext.current().key();
			String thread = Thread.currentThread().getName().replaceAll("-.*", "");
			return Flux.concat(Mono.justOrEmpty(lease).map(Lease::key), Mono.just(inContext),
					Mono.deferContextual((context) -> Mono.just(context.get(Lease.class).key())), Mono.just(thread));
		}

		@WithDistributedLock(name = "job", keys = { "#one", "#two" })
		public Flux<String> several(String one, String two, @Nullable MultiLease leases) {
			return Flux.fromIterable(LockContext.currentMulti().leases())
				.map(Lease::key)
				.concatWith(Mono.justOrEmpty(leases)
					.flatMapIterable(MultiLease::leases)
					.map((lease) -> String.valueOf(this.locks.status(lease.key()).isHeld())))
				.concatWith(Flux.deferContextual((context) -> Flux.fromIterable(context.get(MultiLease.class).leases()))
					.map(Lease::key));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Jobs jobs(DistributedLockOperations locks) {
			return new Jobs(locks);
		}

	}

}
