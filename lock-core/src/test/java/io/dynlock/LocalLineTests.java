package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.dynlock.embedded.EmbeddedDynamoDb;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Real threads of one process, or of two, on DynamoDB Local.
 */
class LocalLineTests {

	private static EmbeddedDynamoDb server;

	private static DynamoDbClient client;

	private final AtomicInteger requests = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private DistributedLockTemplate locks;

	private DistributedLockTemplate others;

	@BeforeAll
	static void startServer() {
		server = EmbeddedDynamoDb.start();
		client = DynamoDbClients.builder().endpoint(server.endpoint()).local().build();
	}

	@AfterAll
	static void stopServer() {
		client.close();
		server.close();
	}

	@BeforeEach
	void open() {
		this.locks = template();
		this.others = template();
		this.locks.acquire("warm-up").close();
		this.requests.set(0);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.threads.shutdownNow();
		assertThat(this.threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		this.locks.close();
		this.others.close();
	}

	private DistributedLockTemplate template() {
		return DistributedLockTemplate.builder(client).listener(new LockListener() {

			@Override
			public void requested(String operation, boolean answered) {
				LocalLineTests.this.requests.incrementAndGet();
			}

		}).build();
	}

	@Test
	void threadsOfTwoProcessesNeverOverlapAndTokensRise() throws Exception {
		int cycles = 200;
		AtomicInteger inside = new AtomicInteger();
		AtomicLong highest = new AtomicLong();
		int[] counter = new int[1];
		List<Future<?>> work = new ArrayList<>();
		for (DistributedLockTemplate template : Arrays.asList(this.locks, this.others)) {
			for (int thread = 0; thread < 4; thread++) {
				work.add(this.threads.submit(() -> {
					for (int cycle = 0; cycle < cycles; cycle++) {
						template.executeWithoutResult("shared", (lease) -> {
							assertThat(inside.incrementAndGet()).isEqualTo(1);
							assertThat(lease.fencingToken()).isGreaterThan(highest.getAndSet(lease.fencingToken()));
							counter[0]++;
							inside.decrementAndGet();
						});
					}
				}));
			}
		}
		for (Future<?> each : work) {
			each.get(60, TimeUnit.SECONDS);
		}
		assertThat(counter[0]).isEqualTo(8 * cycles);
		assertThat(this.requests.get()).isLessThan(8 * cycles);
	}

	@Test
	void oneWhoGivesUpInLineDisturbsNobody() throws Exception {
		Lease held = this.locks.acquire("line");
		Future<Lease> hasty = this.threads
			.submit(() -> this.locks.tryAcquire("line", Duration.ofMillis(200)).orElse(null));
		Future<Lease> interrupted = this.threads.submit(() -> this.locks.acquire("line"));
		Future<Lease> patient = this.threads.submit(() -> this.locks.acquire("line"));
		assertThat(hasty.get(30, TimeUnit.SECONDS)).isNull();
		interrupted.cancel(true);
		held.close();
		Lease next = patient.get(30, TimeUnit.SECONDS);
		assertThat(next.fencingToken()).isGreaterThan(held.fencingToken());
		next.close();
		assertThat(this.others.tryAcquire("line")).hasValueSatisfying(Lease::close);
	}

	@Test
	void anInterruptedWaiterThrowsAndKeepsItsFlag() throws Exception {
		try (Lease held = this.locks.acquire("line")) {
			CountDownLatch started = new CountDownLatch(1);
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			Thread waiter = new Thread(() -> {
				started.countDown();
				try {
					this.locks.acquire("line");
				}
				catch (LockInterruptedException ex) {
					flag.complete(Thread.currentThread().isInterrupted());
				}
			});
			waiter.start();
			started.await();
			waiter.interrupt();
			assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
			assertThat(held.isValid()).isTrue();
		}
	}

	@Test
	void whoeverDoesNotWaitIsTurnedAwayWithoutARequest() {
		try (Lease held = this.locks.acquire("busy")) {
			this.requests.set(0);
			assertThat(this.locks.tryAcquire("busy")).isEmpty();
			assertThat(this.requests).hasValue(0);
			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> this.locks.acquire("busy", this.locks.options().toBuilder().maxRetries(0).build()))
				.satisfies((refusal) -> assertThat(refusal.holder().flatMap(LockStatus::owner))
					.contains(this.locks.owner()));
			assertThat(held.isValid()).isTrue();
		}
	}

	@Test
	void guardedCodeEntersItsLockAgain() {
		long[] tokens = new long[3];
		this.locks.executeWithoutResult("again", (outer) -> {
			this.requests.set(0);
			tokens[0] = outer.fencingToken();
			this.locks.executeWithoutResult("again", (inner) -> tokens[1] = inner.fencingToken());
			try (Lease nested = this.locks.acquire("again")) {
				tokens[2] = nested.fencingToken();
			}
			assertThat(this.requests).hasValue(0);
			assertThat(outer.isValid()).isTrue();
			assertThat(this.others.tryAcquire("again")).isEmpty();
		});
		assertThat(tokens).containsOnly(tokens[0]);
		assertThat(this.others.tryAcquire("again")).hasValueSatisfying(Lease::close);
	}

	@Test
	void theLastToReleaseASharedLeaseReleasesTheLock() {
		Lease nested = this.locks.execute("shared", (outer) -> this.locks.acquire("shared"));
		assertThat(nested.isValid()).isTrue();
		assertThat(this.others.tryAcquire("shared")).isEmpty();
		assertThat(nested.release()).isTrue();
		assertThat(nested.release()).isFalse();
		assertThat(this.others.tryAcquire("shared")).hasValueSatisfying(Lease::close);
	}

	@Test
	void aLeaseWithoutScopeIsNotEnteredAgain() {
		try (Lease held = this.locks.acquire("object")) {
			assertThat(this.locks.tryAcquire("object")).isEmpty();
			assertThat(held.isValid()).isTrue();
		}
	}

	@Test
	void asynchronousCallersWaitWithoutAThread() throws Exception {
		Lease held = this.others.acquire("async");
		List<CompletableFuture<Lease>> line = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			line.add(this.locks.acquireAsync("async", this.locks.options()));
		}
		assertThat(line).noneMatch(CompletableFuture::isDone);
		line.get(0).cancel(false);
		line.get(1).cancel(false);
		held.close();
		for (CompletableFuture<Lease> lease : line.subList(2, 50)) {
			lease.get(30, TimeUnit.SECONDS).close();
		}
		Awaitility.await().until(() -> !this.others.status("async").isHeld());
	}

	@Test
	void asynchronousCodeKeepsTheLockUntilItsStageCompletes() throws Exception {
		CompletableFuture<String> stage = new CompletableFuture<>();
		CompletableFuture<String> result = this.locks.executeAsync("stage", this.locks.options(), (lease) -> stage);
		Awaitility.await().until(() -> this.others.status("stage").isHeld());
		assertThat(this.others.tryAcquire("stage")).isEmpty();
		stage.complete("done");
		assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("done");
		assertThat(this.others.tryAcquire("stage")).hasValueSatisfying(Lease::close);
	}

	@Test
	void asynchronousCodeDoesNotRunAmongTheScopesOfWhoHandedItItsLock() throws Exception {
		CompletableFuture<Boolean> entered = this.locks.execute("outer",
				(outer) -> this.locks.execute("inner", (inner) -> {
					CompletableFuture<Boolean> waiting = this.locks.executeAsync("inner", this.locks.options(),
							(lease) -> CompletableFuture.completedFuture(this.locks.tryAcquire("outer").isPresent()));
					Awaitility.await().until(() -> this.locks.held().stream().anyMatch((held) -> held.waiters() == 1));
					return waiting;
				}));
		assertThat(entered.get(30, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void asynchronousCallersHearOfTheEndOfTheirTimeInTheBackground() throws Exception {
		try (Lease held = this.locks.acquire("late")) {
			String thread = this.locks
				.acquireAsync("late", this.locks.options().toBuilder().waitTimeout(Duration.ofMillis(50)).build())
				.handle((lease, failure) -> Thread.currentThread().getName())
				.get(30, TimeUnit.SECONDS);
			assertThat(thread).startsWith("dynlock-worker-");
			assertThat(held.isValid()).isTrue();
		}
	}

	@Test
	void asynchronousCallersAreToldWhoHoldsTheLock() {
		try (Lease held = this.others.acquire("refused")) {
			CompletableFuture<Lease> refused = this.locks.acquireAsync("refused",
					this.locks.options().toBuilder().waitTimeout(Duration.ofMillis(100)).build());
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(LockTimeoutException.class)
				.withMessageContaining(this.others.owner());
			assertThat(held.isValid()).isTrue();
		}
	}

	@Test
	void closingEndsAllWaiting() throws Exception {
		try (Lease held = this.others.acquire("closing")) {
			CompletableFuture<Lease> async = this.locks.acquireAsync("closing", this.locks.options());
			Future<Lease> first = this.threads.submit(() -> this.locks.acquire("closing"));
			Future<Lease> second = this.threads.submit(() -> this.locks.acquire("closing"));
			Awaitility.await().until(() -> this.requests.get() > 2);
			this.locks.close();
			for (Future<Lease> waiter : List.of(async, first, second)) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiter.get(30, TimeUnit.SECONDS))
					.withCauseInstanceOf(LockException.class)
					.withMessageContaining("closed");
			}
			assertThat(held.isValid()).isTrue();
		}
	}

}
