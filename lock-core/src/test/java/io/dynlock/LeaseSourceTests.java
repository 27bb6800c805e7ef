package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.time.TimeSource;
import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What listeners are told of callers who ask for a lock, and what becomes of the lock.
 */
class LeaseSourceTests {

	private static final LockKey KEY = new LockKey("key");

	private static final LockOptions OPTIONS = LockOptions.builder()
		.name("name")
		.waitTimeout(Duration.ofSeconds(2))
		.build();

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = SimulatedClient.punctual("a", this.world, this.table);

	private final SimulatedClient b = SimulatedClient.punctual("b", this.world, this.table);

	private final List<String> events = new ArrayList<>();

	private Runnable whenAcquired = () -> {
	};

	private final LeaseSource locks = SimulatedTemplateLease.source(this.a, new Recorder());

	@Test
	void aCallerThatWaitsIsFollowedToItsLock() {
		this.b.hold(KEY, Wish.aTry());
		this.world.in(Duration.ofSeconds(1), () -> this.b.client().forceRelease(KEY));

		this.locks.acquire(KEY, OPTIONS);

		assertThat(this.events).startsWith("started key name", "attempted key name BUSY PT0S")
			.containsSubsequence("attempted key name ACQUIRED PT0S", "acquired")
			.last()
			.asString()
			.startsWith("ended key name ACQUIRED PT1");
	}

	@Test
	void anAttemptLastsFromItsRequestToItsAnswer() {
		this.a.connection().next(Request.Acquire.class, Fault.delayAnswer(Duration.ofSeconds(1)));

		this.locks.acquire(KEY, OPTIONS);

		assertThat(this.events).contains("attempted key name ACQUIRED PT1S");
	}

	@Test
	void aCallerThatTriesIsToldThatTheLockIsBusy() {
		this.b.hold(KEY, Wish.aTry());

		assertThat(this.locks.tryAcquire(KEY, OPTIONS)).isEmpty();

		assertThat(this.events).endsWith("ended key name BUSY PT2S");
	}

	@Test
	void aCallerWhoTakesNoThreadIsFollowedToItsLock() {
		CompletableFuture<Lease> caller = this.locks.acquireAsync(KEY, OPTIONS);
		this.world.settle();

		assertThat(caller).isCompletedWithValueMatching(Lease::isValid);
		assertThat(this.events).containsExactly("started key name", "attempted key name ACQUIRED PT0S", "acquired",
				"ended key name ACQUIRED PT0S");
	}

	@Test
	void aCallerWhoTakesNoThreadIsToldThatItsTimeIsOver() {
		this.b.hold(KEY, Wish.aTry());

		CompletableFuture<Lease> caller = this.locks.acquireAsync(KEY, OPTIONS);
		this.world.advance(Duration.ofSeconds(2));

		assertThat(caller).isCompletedExceptionally();
		assertThat(this.events).endsWith("ended key name TIMEOUT PT2S");
	}

	@Test
	void aCallerWhoTakesNoThreadIsToldThatTheTableDoesNotAnswer() {
		this.a.connection().always(Fault.loseRequest());

		CompletableFuture<Lease> caller = this.locks.acquireAsync(KEY, OPTIONS);
		this.world.advance(Duration.ofSeconds(3));

		assertThat(caller).isCompletedExceptionally();
		assertThat(this.events).last().asString().startsWith("ended key name FAILED");
	}

	@Test
	void aCallerWhoTakesNoThreadAndDoesNotWantTheLockAnyMoreHasFailed() {
		this.b.hold(KEY, Wish.aTry());

		CompletableFuture<Lease> caller = this.locks.acquireAsync(KEY, OPTIONS);
		this.world.settle();
		caller.cancel(false);

		assertThat(this.events).endsWith("ended key name FAILED PT0S");
	}

	@Test
	void whatIsGrantedAtTheMomentOfTheCancellationIsReleased() {
		List<CompletableFuture<Lease>> callers = new ArrayList<>();
		this.whenAcquired = () -> callers.forEach((caller) -> caller.cancel(false));
		callers.add(this.locks.acquireAsync(KEY, OPTIONS));
		this.world.settle();

		assertThat(callers).allMatch(CompletableFuture::isCancelled);
		assertThat(this.events).contains("acquired").endsWith("released");
		assertThat(this.table.item(KEY).orElseThrow().isFree()).isTrue();
		assertThat(this.a.client().isIdle()).isTrue();
	}

	@Test
	void whatIsGrantedAndCannotBeHandedOverIsReleased() {
		AtomicBoolean broken = new AtomicBoolean();
		TimeSource time = new TimeSource() {

			@Override
			public long nanoTime() {
				if (broken.getAndSet(false)) {
					throw new NoClassDefFoundError("an old library");
				}
				return LeaseSourceTests.this.a.process().nanoTime();
			}

			@Override
			public long wallMillis() {
				return LeaseSourceTests.this.a.process().wallMillis();
			}

		};
		LeaseSource fragile = new LeaseSource(this.a.client(), new LeaseEnvironment(time, Runnable::run,
				new Listeners(List.of()), new LockExceptions("default", "locks")), "locks", "a");
		this.a.connection().next(Request.Acquire.class, Fault.beforeAnswer(() -> broken.set(true)));

		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> fragile.tryAcquire(KEY, OPTIONS));

		assertThat(this.table.item(KEY).orElseThrow().isFree()).isTrue();
		assertThat(this.a.client().isIdle()).isTrue();
	}

	@Test
	void aClosedClientTurnsEverybodyAway() throws InterruptedException {
		this.a.client().close(0);

		assertThatExceptionOfType(LockException.class).isThrownBy(() -> this.locks.acquire(KEY, OPTIONS))
			.withMessageContaining("closed");
		assertThat(this.locks.acquireAsync(KEY, OPTIONS)).isCompletedExceptionally();

		assertThat(this.events).containsExactly("started key name", "ended key name FAILED PT0S", "started key name",
				"ended key name FAILED PT0S");
		assertThat(this.a.connection().requests()).isEmpty();
	}

	/** Writes down what it is told. */
	private final class Recorder implements LockListener {

		private void note(String event) {
			LeaseSourceTests.this.events.add(event);
		}

		@Override
		public void acquireStarted(String key, String name) {
			note("started " + key + " " + name);
		}

		@Override
		public void attempted(String key, String name, Outcome outcome, Duration duration) {
			note("attempted " + key + " " + name + " " + outcome + " " + duration);
		}

		@Override
		public void acquired(Lease lease) {
			note("acquired");
			LeaseSourceTests.this.whenAcquired.run();
		}

		@Override
		public void acquireEnded(String key, String name, Outcome outcome, Duration duration) {
			note("ended " + key + " " + name + " " + outcome + " " + duration);
		}

		@Override
		public void released(Lease lease, Duration held) {
			note("released");
		}

	}

}
