package io.dynlock;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.LogCapture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

/**
 * What the log tells of a lock, and of the code that runs under it.
 */
@Timeout(60)
class LoggingTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	private final Node node = this.bed.node();

	private final DistributedLockTemplate locks = this.node.locks();

	private static @Nullable String logged() {
		return MDC.get("dynlock.key");
	}

	@Nested
	class TheStoryOfAnAcquisition {

		private @Nullable LogCapture log;

		private void listen(Level level) {
			locks.acquire("warm-up").release();
			this.log = LogCapture.of("io.dynlock", level);
		}

		@AfterEach
		void stopListening() {
			if (this.log != null) {
				this.log.close();
			}
		}

		private List<String> told() {
			return Objects.requireNonNull(this.log).told();
		}

		@Test
		void isToldInOrder() {
			Lease other = bed.node().locks().acquire("deployment");
			listen(Level.DEBUG);
			Background<Lease> waiting = Background.start(() -> locks.acquire("deployment"));
			await().until(() -> told().stream().anyMatch((line) -> line.startsWith("Attempt 2")));
			bed.raw().delete("deployment");
			Lease lease = waiting.get();
			lease.release();

			List<String> told = told();
			assertThat(told.get(0)).isEqualTo("Asking for the lock 'deployment', to wait for it at most PT20S");
			assertThat(told.get(1)).startsWith("Attempt 1 on the lock 'deployment': held by '")
				.contains("with a lease of 30000 ms, version ");
			assertThat(told.get(2)).matches("Looking at the lock 'deployment' again in \\d+ ms");
			assertThat(told.get(3)).startsWith("Attempt 2 on the lock 'deployment': held by '");
			assertThat(told).element(told.size() - 3, STRING)
				.matches("Attempt \\d+ on the lock 'deployment': acquired, version \\d+");
			assertThat(told).element(told.size() - 2, STRING)
				.startsWith("Acquired the lock 'deployment' after PT")
				.endsWith("fencing token " + lease.fencingToken());
			assertThat(told.get(told.size() - 1)).startsWith("Released the lock 'deployment' after PT");
			assertThat(other.isValid()).isTrue();
		}

		@Test
		void ofOneWhoStandsInLineSaysSo() {
			Lease first = locks.acquire("deployment");
			listen(Level.DEBUG);
			Background<Lease> second = Background.start(() -> locks.acquire("deployment"));
			await().until(
					() -> told().contains("Standing in line for the lock 'deployment', behind others of this process"));
			first.release();

			second.get().release();
		}

		@Test
		void inVainSaysSo() {
			bed.node().locks().acquire("deployment");
			listen(Level.DEBUG);

			assertThat(locks.tryAcquire("deployment")).isEmpty();

			assertThat(told()).last(STRING).startsWith("Did not get the lock 'deployment' in PT").endsWith(": BUSY");
		}

		@Test
		void cannotBeForgedByAKeyOrAnOwner() {
			bed.node((builder) -> builder.owner("me\nnot me")).locks().acquire("a\nb");
			listen(Level.DEBUG);

			locks.tryAcquire("a\nb");

			assertThat(told()).isNotEmpty().noneMatch((line) -> line.contains("\n"));
			assertThat(told()).anyMatch((line) -> line.contains("'me\\u000anot me'"))
				.allMatch((line) -> line.contains("'a\\u000ab'"));
		}

		@Test
		void ofALockThatIsReleasedByNameSaysWhoHeldIt() {
			Node other = bed.node((builder) -> builder.owner("me\nnot me"));
			other.locks().acquire("deployment");
			listen(Level.INFO);

			locks.forceRelease("deployment");
			locks.forceRelease("deployment");
			other.locks().acquire("deployment");
			LockStatus seen = locks.status("deployment");
			locks.forceRelease(seen);
			locks.forceRelease(seen);

			assertThat(told()).filteredOn((line) -> line.startsWith("Released the lock 'deployment' by name"))
				.hasSize(2)
				.allMatch((line) -> line.contains("; it was held by me\\u000anot me since "));
		}

		@Test
		void isNotToldUnlessAskedFor() {
			bed.node().locks().acquire("busy");
			listen(Level.INFO);

			locks.acquire("deployment").release();
			locks.tryAcquire("busy");

			assertThat(told()).isEmpty();
		}

	}

	@Nested
	class TheKeyInTheContextOfTheLog {

		@Test
		void isThatOfTheLockWhileGuardedCodeRuns() {
			assertThat(locks.<String, RuntimeException>execute("deployment", (lease) -> String.valueOf(logged())))
				.isEqualTo("deployment");
			assertThat(logged()).isNull();
		}

		@Test
		void isThereForCodeThatOnlyTries() {
			assertThat(locks.<String, RuntimeException>tryExecute("deployment", Duration.ZERO,
					(lease) -> String.valueOf(logged())))
				.contains("deployment");
			assertThat(logged()).isNull();
		}

		@Test
		void isThatOfTheInnermostLock() {
			locks.executeWithoutResult("outer", (outer) -> {
				locks.executeWithoutResult("inner", (inner) -> assertThat(logged()).isEqualTo("inner"));
				assertThat(logged()).isEqualTo("outer");
				locks.executeWithoutResult("outer", (again) -> assertThat(logged()).isEqualTo("outer"));
				assertThat(logged()).isEqualTo("outer");
			});
			assertThat(logged()).isNull();
		}

		@Test
		void isGoneAfterAFailure() {
			assertThatIllegalStateException().isThrownBy(() -> locks.execute("deployment", (lease) -> {
				throw new IllegalStateException("The work failed");
			}));
			assertThat(logged()).isNull();
		}

		@Test
		void leavesWhatWasThereBefore() {
			MDC.put("dynlock.key", "mine");
			try {
				locks.executeWithoutResult("deployment", (lease) -> assertThat(logged()).isEqualTo("deployment"));
				assertThat(logged()).isEqualTo("mine");
			}
			finally {
				MDC.remove("dynlock.key");
			}
		}

		@Test
		void cannotForgeALine() {
			locks.executeWithoutResult("a\nb", (lease) -> assertThat(logged()).isEqualTo("a\\u000ab"));
		}

		@Test
		void isThereInTheBackgroundAndNotLeftBehind() throws Exception {
			List<String> whenAcquired = new CopyOnWriteArrayList<>();
			DistributedLockTemplate single = bed
				.node((builder) -> builder.requestThreads(1).listener(new LockListener() {

					@Override
					public void acquired(Lease lease) {
						whenAcquired.add(Thread.currentThread().getName() + " " + logged());
					}

				}))
				.locks();
			CompletableFuture<String> seen = new CompletableFuture<>();

			single.executeAsync("first", locks.options(), (lease) -> {
				seen.complete(Thread.currentThread().getName() + " " + logged());
				return CompletableFuture.completedFuture("done");
			}).get(30, TimeUnit.SECONDS);
			single.acquireAsync("second", locks.options()).get(30, TimeUnit.SECONDS).close();

			String thread = whenAcquired.get(0).replace(" null", "");
			assertThat(seen.get()).isEqualTo(thread + " first");
			assertThat(whenAcquired).containsExactly(thread + " null", thread + " null");
			assertThat(logged()).isNull();
		}

		@Test
		void goesAlongToAnotherThread() {
			try (Lease lease = locks.acquire("deployment")) {
				assertThat(logged()).isNull();
				Background<String> elsewhere = Background
					.start(() -> lease.within((same) -> same.key() + " " + logged()));
				assertThat(elsewhere.get()).isEqualTo("deployment deployment");
			}
		}

		@Test
		void ofSeveralLocksIsThatOfTheLastAlsoInAnotherThread() {
			try (MultiLease leases = MultiLock.of(locks, "b", "a").acquire()) {
				assertThat(logged()).isNull();
				Background<String> elsewhere = Background
					.start(() -> leases.within((same) -> same.leases().size() + " " + logged()));
				assertThat(elsewhere.get()).isEqualTo("2 b");
			}
		}

	}

}
