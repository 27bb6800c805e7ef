package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a trace is told of a caller, in which order.
 */
class LockTraceTests {

	private static final LockKey KEY = new LockKey("key");

	private static final LockOptions OPTIONS = LockOptions.builder()
		.name("name")
		.waitTimeout(Duration.ZERO)
		.leaseDuration(Duration.ofSeconds(9))
		.build();

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private final SimulatedClient b = new SimulatedClient("b", this.world, this.table);

	private final List<String> events = new ArrayList<>();

	private final LeaseSource locks = SimulatedTemplateLease.source(this.a, new Following(new Follower("1")),
			new Following(new Follower("2")));

	@BeforeEach
	void prepare() {
		this.b.hold(new LockKey("other"), Wish.aTry());
	}

	private List<String> first() {
		return this.events.stream()
			.filter((event) -> event.startsWith("1 "))
			.map((event) -> event.substring(2))
			.toList();
	}

	@Test
	void followsFromAskingToTheRelease() {
		TemplateLease lease = this.locks.acquire(KEY, OPTIONS);
		lease.<String, RuntimeException>within((same) -> {
			this.events.add("1 at work");
			return "done";
		});
		lease.close();

		assertThat(first()).containsExactly("waits", "waited", "acquired key", "runs", "at work", "has run", "ended");
	}

	@Test
	void isToldOfALossOnce() {
		TemplateLease lease = this.locks.acquire(KEY, OPTIONS.toBuilder().leaseMode(LeaseMode.FIXED).build());
		this.world.advance(Duration.ofSeconds(9));
		assertThat(lease.release()).isFalse();

		assertThat(first()).endsWith("acquired key", "lost: expired");
	}

	@Test
	void isToldWhyACallerGaveUp() {
		this.b.hold(KEY, Wish.aTry());

		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> this.locks.acquire(KEY, OPTIONS));
		assertThat(this.locks.tryAcquire(KEY, OPTIONS)).isEmpty();
		this.a.connection().always(Fault.loseRequest());
		assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> this.locks.tryAcquire(KEY, OPTIONS));

		assertThat(first()).filteredOn((event) -> event.startsWith("gave up"))
			.containsExactly("gave up: TIMEOUT LockTimeoutException", "gave up: BUSY",
					"gave up: FAILED LockTableException");
	}

	@Test
	void isNotToldThatAThreadWaitsWhenNoneDoes() {
		CompletableFuture<Lease> acquired = this.locks.acquireAsync(KEY, OPTIONS);
		this.world.settle();
		acquired.join().close();

		assertThat(first()).containsExactly("acquired key", "ended");
	}

	@Test
	void closesScopesInTheOppositeOrder() {
		this.locks.acquire(KEY, OPTIONS);

		assertThat(this.events).containsSubsequence("1 waits", "2 waits", "2 waited", "1 waited");
	}

	@Test
	void thatWantsToKnowNothingChangesNothing() {
		LeaseSource ignored = SimulatedTemplateLease.source(this.a, new Following(new LockTrace() {
		}), new LockListener() {
		});

		try (TemplateLease lease = ignored.acquire(KEY, OPTIONS)) {
			assertThat(lease.<String, RuntimeException>within((same) -> "done")).isEqualTo("done");
		}
	}

	@Test
	void thatFailsDisturbsNeitherTheLockNorOthers() {
		LeaseSource disturbed = SimulatedTemplateLease.source(this.a, new Following(new Failing()),
				new Following(new Follower("1")));

		TemplateLease lease = disturbed.acquire(KEY, OPTIONS);
		assertThat(lease.<String, RuntimeException>within((same) -> "done")).isEqualTo("done");
		lease.close();
		this.b.hold(KEY, Wish.aTry());
		assertThat(disturbed.tryAcquire(KEY, OPTIONS)).isEmpty();

		assertThat(first()).containsExactly("waits", "waited", "acquired key", "runs", "has run", "ended", "waits",
				"waited", "gave up: BUSY");
	}

	private record Following(LockTrace trace) implements LockListener {

		@Override
		public LockTrace follow(String key, String name) {
			return this.trace;
		}

	}

	/** Writes down what it is told. */
	private final class Follower implements LockTrace {

		private final String name;

		Follower(String name) {
			this.name = name;
		}

		private void note(String event) {
			LockTraceTests.this.events.add(this.name + " " + event);
		}

		@Override
		public Scope waiting() {
			note("waits");
			return () -> note("waited");
		}

		@Override
		public void acquired(Lease lease) {
			note("acquired " + lease.key());
		}

		@Override
		public void gaveUp(LockListener.Outcome outcome, Optional<Throwable> failure) {
			note("gave up: " + outcome + failure.map((ex) -> " " + ex.getClass().getSimpleName()).orElse(""));
		}

		@Override
		public Scope running() {
			note("runs");
			return () -> note("has run");
		}

		@Override
		public void ended(Optional<LossReason> loss) {
			note(loss.map((reason) -> "lost: " + reason.tag()).orElse("ended"));
		}

	}

	/** Fails at everything. */
	private static final class Failing implements LockTrace {

		@Override
		public Scope waiting() {
			return () -> {
				throw new NoClassDefFoundError("closing");
			};
		}

		@Override
		public void acquired(Lease lease) {
			throw new NoClassDefFoundError("acquired");
		}

		@Override
		public void gaveUp(LockListener.Outcome outcome, Optional<Throwable> failure) {
			throw new NoClassDefFoundError("gave up");
		}

		@Override
		public Scope running() {
			throw new NoClassDefFoundError("running");
		}

		@Override
		public void ended(Optional<LossReason> loss) {
			throw new NoClassDefFoundError("ended");
		}

	}

}
