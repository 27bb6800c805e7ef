package io.dynlock;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Several locks taken as one, on DynamoDB Local.
 */
@Timeout(60)
class MultiLockTests {

	private static final LockOptions SHORT = LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(900)).build();

	private static final LockOptions NO_WAIT = LockBed.QUICK.toBuilder().waitTimeout(Duration.ZERO).build();

	private static final LockOptions INTERRUPT = SHORT.toBuilder().onLoss(LossPolicy.INTERRUPT).build();

	@RegisterExtension
	final LockBed bed = new LockBed();

	/** What all nodes were told, in order: {@code +} for a lease that began. */
	private final List<String> history = new CopyOnWriteArrayList<>();

	private Node node() {
		return this.bed.node((builder) -> builder.listener(historyOf("")));
	}

	private Node node(String region) {
		return node(region, new LockListener() {
		});
	}

	/** A node with a table of its own, named so that its place in the order is known. */
	private Node node(String region, LockListener listener) {
		return this.bed
			.node((builder) -> builder.tableOptions(this.bed.tableOptions().table(region + this.bed.table()).build())
				.listener(historyOf(region))
				.listener(listener));
	}

	private LockListener historyOf(String region) {
		return new LockListener() {
			@Override
			public void acquired(Lease lease) {
				MultiLockTests.this.history.add("+" + region + lease.key());
			}

			@Override
			public void released(Lease lease, Duration held) {
				MultiLockTests.this.history.add("-" + region + lease.key());
			}
		};
	}

	private static void assertFree(Node node, String... keys) {
		assertThat(keys).noneMatch((key) -> node.locks().status(key).isHeld());
	}

	private static void lose(Node other, Lease lease) {
		other.locks().forceRelease(lease.key());
		await().until(() -> !lease.isValid());
	}

	@Nested
	class TheOrder {

		@Test
		void isThatOfTheKeysAndBackwardsForTheRelease() {
			Node node = node();

			MultiLock.of(node.locks(), "c", "a", "b").acquire().close();
			MultiLock.of(node.locks(), "b", "c")
				.executeWithoutResult((leases) -> assertThat(leases.isValid()).isTrue());

			assertThat(MultiLockTests.this.history).containsExactly("+a", "+b", "+c", "-c", "-b", "-a", "+b", "+c",
					"-c", "-b");
		}

		@Test
		void isThatOfTheTablesBeforeThatOfTheKeys() {
			Node eu = node("eu-");
			Node us = node("us-");

			MultiLock.builder()
				.add(us.locks(), "a")
				.add(eu.locks(), "z")
				.add(eu.locks(), "b")
				.build()
				.acquire()
				.close();

			assertThat(MultiLockTests.this.history).containsExactly("+eu-b", "+eu-z", "+us-a", "-us-a", "-eu-z",
					"-eu-b");
		}

		@ParameterizedTest
		@EnumSource
		void keepsTwoProcessesFromWaitingForEachOther(Way way) {
			CountDownLatch oneHasItsFirst = new CountDownLatch(1);
			CountDownLatch otherHasTried = new CountDownLatch(1);
			LockListener one = new LockListener() {
				@Override
				public void acquired(Lease lease) {
					oneHasItsFirst.countDown();
					uninterrupted(otherHasTried);
				}
			};
			LockListener other = new LockListener() {
				@Override
				public void attempted(String key, String name, Outcome outcome, Duration duration) {
					otherHasTried.countDown();
				}
			};
			MultiLock forwards = MultiLock.builder()
				.add(node("eu-", one).locks(), "a")
				.add(node("us-", one).locks(), "a")
				.build();
			MultiLock backwards = MultiLock.builder()
				.add(node("us-", other).locks(), "a")
				.add(node("eu-", other).locks(), "a")
				.build();
			LockOptions options = LockBed.QUICK.toBuilder().waitTimeout(Duration.ofSeconds(5)).build();

			Background<String> first = Background.start(() -> way.run(forwards, options).orElseThrow());
			uninterrupted(oneHasItsFirst);
			Background<String> second = Background.start(() -> way.run(backwards, options).orElseThrow());

			assertThat(first.get()).isEqualTo("done");
			assertThat(second.get()).isEqualTo("done");
		}

		private static void uninterrupted(CountDownLatch latch) {
			await().until(() -> latch.getCount() == 0);
		}

	}

	@Nested
	class AllOrNothing {

		/** The first lock would stay held for long, had anything been done under it. */
		@ParameterizedTest
		@EnumSource
		void leavesNothingWhenOneLockIsHeld(Way way) {
			Node node = node();
			Node other = bed().node();
			Lease held = other.locks().acquire("b");
			LockOptions options = NO_WAIT.toBuilder().minHold(Duration.ofHours(1)).build();

			Optional<String> result = way.tryRun(MultiLock.of(node.locks(), "a", "b", "c"), options);

			assertThat(result).isEmpty();
			assertFree(other, "a", "c");
			assertThat(held.isValid()).isTrue();
			assertThat(MultiLockTests.this.history).containsExactly("+a", "-a");
		}

		@ParameterizedTest
		@EnumSource
		void leavesNothingWhenOneTableDoesNotAnswer(Way way) {
			Node eu = node("eu-");
			Node us = node("us-");
			us.wire().cut();
			MultiLock lock = MultiLock.builder().add(eu.locks(), "a").add(us.locks(), "a").build();

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> way.run(lock, NO_WAIT));

			assertFree(eu, "a");
		}

		@Test
		void namesTheLockThatIsHeld() {
			Node node = node();
			bed().node().locks().acquire("b");

			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> MultiLock.of(node.locks(), "a", "b").acquire(NO_WAIT))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("b"));
		}

		@ParameterizedTest
		@EnumSource
		void grantsNothingWhenALeaseIsLostWhileLaterLocksAreWaitedFor(Way way) {
			Node other = bed().node();
			Node node = losingItsFirstLeaseTo(other);

			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> way.run(MultiLock.of(node.locks(), "a", "b"), SHORT))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("a"));

			assertFree(other, "a", "b");
		}

		@Test
		void runsNothingWhenALeaseIsLostWhileLaterLocksAreWaitedFor() {
			Node node = losingItsFirstLeaseTo(bed().node());
			MultiLock lock = MultiLock.of(node.locks(), "a", "b");
			LockOptions options = SHORT.toBuilder().onLoss(LossPolicy.LOG).build();
			AtomicBoolean ran = new AtomicBoolean();

			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> lock.execute(options, (leases) -> ran.getAndSet(true)));

			assertThat(ran).isFalse();
		}

		private Node losingItsFirstLeaseTo(Node other) {
			AtomicReference<Lease> first = new AtomicReference<>();
			return bed().node((builder) -> builder.listener(new LockListener() {
				@Override
				public void acquired(Lease lease) {
					if (!first.compareAndSet(null, lease)) {
						lose(other, first.get());
					}
				}
			}));
		}

		private LockBed bed() {
			return MultiLockTests.this.bed;
		}

	}

	@Nested
	class TheTimeToWait {

		/**
		 * The first lock takes more time than there is, by the clock of the multi-lock.
		 */
		@ParameterizedTest
		@EnumSource
		void isThatOfAllLocksTogether(Way way) {
			ShiftedTime time = new ShiftedTime();
			Node node = bed().node((builder) -> builder.listener(new LockListener() {
				@Override
				public void acquired(Lease lease) {
					time.shiftBoth(Duration.ofMinutes(2));
				}
			}));
			bed().node().locks().acquire("b");
			LockOptions options = LockBed.QUICK.toBuilder().waitTimeout(Duration.ofMinutes(2)).build();
			MultiLock lock = MultiLock.builder().add(node.locks(), "a").add(node.locks(), "b").time(time).build();

			assertThat(way.tryRun(lock, options)).isEmpty();

			assertThat(node.events().attempts()).containsExactly(LockListener.Outcome.ACQUIRED,
					LockListener.Outcome.BUSY);
		}

		@Test
		void isTheShortestOfTheClientsWhereNoneIsGiven() {
			Node patient = node("eu-");
			Node impatient = bed().node((builder) -> builder.options(NO_WAIT));
			Lease held = node("eu-").locks().acquire("a");
			MultiLock lock = MultiLock.builder().add(patient.locks(), "a").add(impatient.locks(), "a").build();

			assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(lock::acquire)
				.satisfies((ex) -> assertThat(ex.attempts()).isOne());
			assertThat(lock.tryAcquire()).isEmpty();
			assertThat(lock.tryExecute(Duration.ZERO, (leases) -> "done")).isEmpty();

			held.release();
			assertThat(lock.tryAcquire(Duration.ofSeconds(20))).hasValueSatisfying(MultiLease::close);
			assertThat(lock.<String, RuntimeException>execute((leases) -> "done")).isEqualTo("done");
		}

		@Test
		void mayBeWithoutLimit() {
			Node node = bed().node();
			Lease held = bed().node().locks().acquire("b");
			MultiLock lock = MultiLock.of(node.locks(), "a", "b");

			Background<MultiLease> waiting = Background
				.start(() -> lock.acquire(LockBed.QUICK.toBuilder().waitForever().build()));
			await().until(() -> node.events().attempts().contains(LockListener.Outcome.BUSY));
			held.release();

			assertThat(waiting.get().isValid()).isTrue();
		}

		private LockBed bed() {
			return MultiLockTests.this.bed;
		}

	}

	@Nested
	class ALoss {

		@Test
		void isToldWithTheLockWhenTheWorkReturns() {
			Node node = node();
			Node other = MultiLockTests.this.bed.node();

			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> MultiLock.of(node.locks(), "a", "b", "c").execute(SHORT, (leases) -> {
					lose(other, leases.lease("b"));
					assertThat(leases.isValid()).isFalse();
					assertThat(leases.remaining()).isZero();
					return "done";
				}))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("b"));

			assertFree(other, "a", "b", "c");
		}

		@Test
		void ofSeveralLocksIsSuppressedIntoTheFirst() {
			Node node = node();
			Node other = MultiLockTests.this.bed.node();

			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> MultiLock.of(node.locks(), "a", "b").execute(SHORT, (leases) -> {
					leases.leases().forEach((lease) -> lose(other, lease));
					return "done";
				}))
				.satisfies((ex) -> {
					assertThat(ex.key()).isEqualTo("b");
					assertThat(ex.getSuppressed()).singleElement()
						.isInstanceOfSatisfying(LockLostException.class, (a) -> assertThat(a.key()).isEqualTo("a"));
				});
		}

		@Test
		void isOnlyLoggedWhereThatIsWanted() {
			Node node = node();
			Node other = MultiLockTests.this.bed.node();
			LockOptions options = SHORT.toBuilder().onLoss(LossPolicy.LOG).build();

			assertThat(MultiLock.of(node.locks(), "a", "b").<String, RuntimeException>execute(options, (leases) -> {
				lose(other, leases.lease("a"));
				return "done";
			})).isEqualTo("done");
		}

		@Test
		void interruptsTheWorkWhereThatIsWanted() {
			Node node = node();
			Node other = MultiLockTests.this.bed.node();

			Background<String> work = Background
				.start(() -> MultiLock.of(node.locks(), "a", "b").execute(INTERRUPT, (leases) -> {
					other.locks().forceRelease("a");
					try {
						new CountDownLatch(1).await();
						return "never";
					}
					catch (InterruptedException ex) {
						return "interrupted";
					}
				}));

			assertThat(work.failure()).isInstanceOf(LockLostException.class);
		}

		@Test
		void callsBackWithTheLease() {
			Node node = node();
			Node other = MultiLockTests.this.bed.node();
			MultiLease leases = MultiLock.of(node.locks(), "a", "b").acquire(SHORT);
			List<String> told = new CopyOnWriteArrayList<>();
			leases.onLost((lease, reason) -> told.add(lease.key() + " " + reason.tag()));

			lose(other, leases.lease("b"));

			await().untilAsserted(() -> assertThat(told).containsExactly("b force_released"));
			assertThatExceptionOfType(LockLostException.class).isThrownBy(leases::ensureValid)
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("b"));
			assertThatExceptionOfType(LockLostException.class).isThrownBy(leases::renew)
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("b"));
			assertThat(leases.release()).isFalse();
			assertFree(other, "a");
		}

	}

	@Nested
	class TheWork {

		@Test
		void getsTheTokenOfEachLock() {
			Node node = node();
			long before = node.locks().<Long, RuntimeException>execute("b", Lease::fencingToken);

			MultiLock.of(node.locks(), "a", "b").executeWithoutResult((leases) -> {
				assertThat(leases.fencingToken("b")).isGreaterThan(before);
				assertThat(leases.fencingToken("a")).isEqualTo(leases.lease("a").fencingToken()).isPositive();
				assertThat(leases.remaining()).isPositive();
				leases.renew();
				leases.ensureValid();
				assertThatIllegalArgumentException().isThrownBy(() -> leases.fencingToken("c"))
					.withMessageContaining("key is 'c'; use one of MultiLease[Lease[key=a");
			});
		}

		@Test
		void asksForTheLeaseOfAClientWhereSeveralHaveTheKey() {
			Node eu = node("eu-");
			Node us = node("us-");
			MultiLock lock = MultiLock.builder().add(eu.locks(), "a").add(us.locks(), "a").build();

			try (MultiLease leases = lock.acquire()) {
				assertThat(leases.lease(eu.locks(), "a")).isSameAs(leases.leases().get(0));
				assertThat(leases.lease(us.locks(), "a")).isSameAs(leases.leases().get(1));
				assertThatIllegalArgumentException().isThrownBy(() -> leases.lease("a"))
					.withMessageContaining("several clients");
				assertThatIllegalArgumentException().isThrownBy(() -> leases.lease(eu.locks(), "b"))
					.withMessageContaining("holds no lock 'b'");
			}
		}

		@Test
		void failsUnchangedAndReleasesAll() {
			Node node = node();
			IllegalStateException failure = new IllegalStateException("the work failed");

			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> MultiLock.of(node.locks(), "a", "b").executeWithoutResult((leases) -> {
					throw failure;
				}))
				.isSameAs(failure);

			assertFree(node, "a", "b");
		}

		@Test
		void entersItsLocksAgainAtNoCost() {
			Node node = node();
			MultiLock lock = MultiLock.of(node.locks(), "a", "b");

			lock.executeWithoutResult((outer) -> {
				int requests = node.events().requests().size();
				lock.executeWithoutResult(
						(inner) -> assertThat(inner.fencingToken("a")).isEqualTo(outer.fencingToken("a")));
				lock.acquire().close();
				node.locks()
					.executeWithoutResult("b",
							(lease) -> assertThat(lease.fencingToken()).isEqualTo(outer.fencingToken("b")));
				assertThat(node.events().requests()).hasSize(requests);
				assertThat(outer.isValid()).isTrue();
			});

			assertFree(node, "a", "b");
		}

		@Test
		void isDoneUnderFreeLocksWhoeverWaitsForHowLong() {
			Node node = node();
			Node other = node();
			MultiLock lock = MultiLock.of(node.locks(), "a", "b");

			assertThat(lock.tryAcquire()).hasValueSatisfying((leases) -> {
				assertThat(other.locks().tryAcquire("b")).isEmpty();
				leases.close();
			});
			assertThat(lock.tryAcquire(Duration.ofSeconds(1))).hasValueSatisfying(MultiLease::close);
			assertThat(lock.tryExecute(Duration.ZERO, (leases) -> "done")).contains("done");
		}

		@Test
		void keepsItsLocksForTheMinimumOfTime() {
			Node node = node();
			LockOptions options = LockBed.QUICK.toBuilder().minHold(Duration.ofHours(1)).build();

			MultiLock.of(node.locks(), "a", "b").tryExecute(options, (leases) -> "done");

			assertThat(node.locks().status("a").isHeld()).isTrue();
			assertThat(node.locks().status("b").isHeld()).isTrue();
		}

		@Test
		void mayNotReturnNullWhereAnEmptyResultMeansBusy() {
			Node node = node();

			assertThatExceptionOfType(NullPointerException.class)
				.isThrownBy(() -> MultiLock.of(node.locks(), "a").tryExecute(Duration.ZERO, (leases) -> null));

			assertFree(node, "a");
		}

	}

	@Nested
	class TheRelease {

		@Test
		void triesAllAndThrowsTheFirstFailure() {
			Node eu = node("eu-");
			Node us = node("us-");
			MultiLock lock = MultiLock.builder().add(eu.locks(), "a").add(us.locks(), "a").add(us.locks(), "b").build();
			MultiLease leases = lock.acquire();
			us.wire().always(Sent.RELEASE, Fault.UNREACHABLE);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(leases::release)
				.satisfies(
						(ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockTableException.class));

			assertFree(eu, "a");
			us.wire().heal();
			await().untilAsserted(() -> assertFree(us, "a", "b"));
		}

		@Test
		void saysWhetherAllWereHeld() {
			Node node = node();
			MultiLease leases = MultiLock.of(node.locks(), "a", "b").acquire();

			assertThat(leases.release()).isTrue();
			assertThat(leases.release()).isFalse();
			assertThat(leases.isValid()).isFalse();
			assertThatExceptionOfType(LockException.class).isThrownBy(leases::ensureValid);
		}

	}

	@Nested
	class WithoutAThread {

		@Test
		void theLeasesComeWhenTheLastLockIsFree() {
			Node node = node();
			Lease held = MultiLockTests.this.bed.node().locks().acquire("b");

			CompletableFuture<MultiLease> future = MultiLock.of(node.locks(), "b", "a").acquireAsync(LockBed.QUICK);
			await().until(() -> node.events().attempts().contains(LockListener.Outcome.BUSY));
			assertThat(future).isNotDone();
			held.release();

			assertThat(future).succeedsWithin(20, TimeUnit.SECONDS).satisfies((leases) -> {
				assertThat(leases.isValid()).isTrue();
				leases.close();
			});
		}

		/** The lease is on its way already, and cannot be called off. */
		@Test
		void cancellingAtTheMomentOfTheGrantLeavesNothing() {
			Node node = node();
			CompletableFuture<Lease> grant = new CompletableFuture<>() {
				@Override
				public boolean cancel(boolean mayInterruptIfRunning) {
					return false;
				}
			};
			DistributedLockOperations late = (DistributedLockOperations) Proxy.newProxyInstance(
					getClass().getClassLoader(), new Class<?>[] { DistributedLockOperations.class },
					(proxy, method, arguments) -> method.getName().equals("acquireAsync") ? grant
							: method.invoke(node.locks(), arguments));

			CompletableFuture<MultiLease> leases = MultiLock.of(late, "a").acquireAsync(LockBed.QUICK);
			leases.cancel(false);
			grant.complete(node.locks().acquire("a"));

			assertThat(leases).isCancelled();
			assertFree(node, "a");
		}

		@Test
		void cancellingEndsTheWaitingAndLeavesNothing() {
			Node node = node();
			Node other = MultiLockTests.this.bed.node();
			Lease held = other.locks().acquire("b");
			CompletableFuture<MultiLease> future = MultiLock.of(node.locks(), "a", "b").acquireAsync(LockBed.QUICK);
			await().until(() -> node.events().attempts().contains(LockListener.Outcome.BUSY));

			assertThat(future.cancel(false)).isTrue();

			assertFree(other, "a");
			held.release();
			await().untilAsserted(() -> assertThat(node.events().acquisitions())
				.containsExactly(LockListener.Outcome.ACQUIRED, LockListener.Outcome.FAILED));
			assertFree(other, "b");
		}

	}

	@Nested
	class WhatIsNamed {

		@Test
		void twiceIsTakenOnce() {
			Node node = node();
			MultiLock lock = MultiLock.of(node.locks(), List.of("b", "a", "b"));

			assertThat(lock.keys()).containsExactly("a", "b");
			assertThat(MultiLock.builder().add(node.locks(), "a").add(node.locks(), "a").add(node.locks(), "b").build())
				.hasToString(lock.toString());
			assertThat(lock).hasToString("MultiLock[us-east-1/" + MultiLockTests.this.bed.table() + ":a, us-east-1/"
					+ MultiLockTests.this.bed.table() + ":b]");
			lock.acquire().close();
			assertThat(MultiLockTests.this.history).containsExactly("+a", "+b", "-b", "-a");
		}

		@Test
		void throughTwoClientsOfOneTableIsRefused() {
			Node one = node();
			Node two = node();

			assertThatIllegalArgumentException()
				.isThrownBy(() -> MultiLock.builder().add(one.locks(), "a").add(two.locks(), "a"))
				.withMessageContaining("key is 'a'; it was added with another client of the table us-east-1/locks-");
			assertThat(MultiLock.builder().add(one.locks(), "a").add(two.locks(), "b").build().keys())
				.containsExactly("a", "b");
		}

		@Test
		void isAtLeastOneLockAndEachHasAKey() {
			Node node = node();

			assertThatIllegalArgumentException().isThrownBy(() -> MultiLock.of(node.locks(), List.of()))
				.withMessageContaining("name at least one lock");
			assertThatIllegalArgumentException().isThrownBy(() -> MultiLock.of(node.locks(), "a", " "))
				.withMessageContaining("The lock key ' ' is blank");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> MultiLock.of(node.locks(), "a").tryAcquire(Duration.ofSeconds(-1)))
				.withMessageContaining("waitTimeout is 'PT-1S'");
		}

	}

	/** The ways to take several locks, each with something done under them. */
	enum Way {

		ACQUIRE {
			@Override
			Optional<String> run(MultiLock lock, LockOptions options) {
				lock.acquire(options).close();
				return Optional.of("done");
			}
		},

		TRY_ACQUIRE {
			@Override
			Optional<String> run(MultiLock lock, LockOptions options) {
				return lock.tryAcquire(options).map((leases) -> {
					leases.close();
					return "done";
				});
			}
		},

		ACQUIRE_ASYNC {
			@Override
			Optional<String> run(MultiLock lock, LockOptions options) {
				try {
					lock.acquireAsync(options).join().close();
					return Optional.of("done");
				}
				catch (CompletionException ex) {
					if (ex.getCause() instanceof LockException failure) {
						throw failure;
					}
					throw ex;
				}
			}
		},

		EXECUTE {
			@Override
			Optional<String> run(MultiLock lock, LockOptions options) {
				return Optional.of(lock.<String, RuntimeException>execute(options, (leases) -> "done"));
			}
		},

		TRY_EXECUTE {
			@Override
			Optional<String> run(MultiLock lock, LockOptions options) {
				return lock.tryExecute(options, (leases) -> "done");
			}
		};

		abstract Optional<String> run(MultiLock lock, LockOptions options);

		Optional<String> tryRun(MultiLock lock, LockOptions options) {
			try {
				return run(lock, options);
			}
			catch (LockTimeoutException ex) {
				return Optional.empty();
			}
		}

	}

}
