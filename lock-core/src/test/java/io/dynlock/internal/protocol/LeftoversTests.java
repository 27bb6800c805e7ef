package io.dynlock.internal.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.testing.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be held although nobody believes it.
 */
class LeftoversTests {

	private static final LockKey KEY = new LockKey("key");

	private static final Answer SILENCE = new Answer.Failed(
			new TableFailure(TableFailure.Kind.NO_ANSWER, "No answer in time"));

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("a");

	private final List<String> sent = new ArrayList<>();

	private final List<Duration> patience = new ArrayList<>();

	private Answer answer = SILENCE;

	private final Leftovers leftovers = new Leftovers(this::send, this.process, this.process, () -> 0);

	private final LogCapture log = LogCapture.of(Leftovers.class.getName(), Level.WARN);

	@AfterEach
	void stopListening() {
		this.log.close();
	}

	private void send(Request request, long patienceNanos, AsyncLockTable.Handler handler) {
		this.sent.add(((Request.Release) request).leaseId());
		this.patience.add(Duration.ofNanos(patienceNanos));
		handler.answered(this.answer, this.process.now());
	}

	@Test
	void areReleasedInOrder() {
		this.answer = new Answer.Written(0);
		this.leftovers.release(KEY, List.of("a-1", "a-2"), Holding.RENEWED, 9_000);

		assertThat(this.sent).containsExactly("a-1", "a-2");
		assertThat(this.log.told()).isEmpty();
	}

	@Test
	void areGivenUpOneByOneWhenTheirLeasesAreOverForEverybody() throws InterruptedException {
		this.leftovers.release(KEY, List.of("a-1", "a-2"), Holding.RENEWED, 9_000);
		this.world.advance(Duration.ofSeconds(18));
		assertThat(this.sent).hasSizeGreaterThan(4).containsOnly("a-1");
		assertThat(this.log.told()).isEmpty();

		this.world.advance(Duration.ofSeconds(5));
		assertThat(this.sent).last().isEqualTo("a-2");
		assertThat(this.log.told()).singleElement()
			.asString()
			.startsWith("Could not release the lock 'key' (lease a-1): No answer in time");

		this.world.advance(Duration.ofSeconds(23));
		assertThat(this.process.pending()).isZero();
		this.leftovers.close(0);
		assertThat(this.log.told()).hasSize(2).last().asString().contains("(lease a-2): No answer in time");
	}

	@Test
	void arePermanentUntilTheTableAnswers() {
		this.leftovers.release(KEY, List.of("a-1"), Holding.PERMANENT, 9_000);
		this.world.advance(Duration.ofHours(1));
		this.answer = new Answer.Written(0);
		this.world.advance(Duration.ofSeconds(5));

		assertThat(this.process.pending()).isZero();
		assertThat(this.log.told()).isEmpty();
	}

	@Test
	void areNamedWhenTheTimeForClosingIsOver() throws InterruptedException {
		this.leftovers.release(KEY, List.of("a-1", "a-2"), Holding.RENEWED, 9_000);
		this.leftovers.close(1);

		assertThat(this.log.told()).hasSize(2)
			.anyMatch((line) -> line.contains("(lease a-1): The time for closing is over."))
			.anyMatch((line) -> line.contains("(lease a-2): The time for closing is over."));
	}

	@Test
	void waitForAThreadForALeaseAtMost() {
		this.answer = new Answer.Written(0);
		this.leftovers.release(KEY, List.of("a-1"), Holding.RENEWED, 3_000);
		this.leftovers.release(KEY, List.of("a-2"), Holding.RENEWED, 30_000);

		assertThat(this.patience).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
	}

}
