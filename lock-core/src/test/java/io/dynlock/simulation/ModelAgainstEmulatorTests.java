package io.dynlock.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.Sighting;
import io.dynlock.internal.table.DynamoDbLockTable;
import io.dynlock.internal.table.TableSettings;
import io.dynlock.internal.time.SystemSleeper;
import io.dynlock.testing.LockBed;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The model of the table that the simulation trusts gives the answers that
 * {@code DynamoDbLockTable} gets from DynamoDB Local, whatever is asked in whatever
 * order.
 */
class ModelAgainstEmulatorTests {

	private static final int SEQUENCES = 100;

	private static final int REQUESTS = 20;

	/** Few, so that acquisitions meet each other, and their own. */
	private static final List<String> IDS = List.of("a", "b", "c");

	@RegisterExtension
	private final LockBed bed = new LockBed();

	private final SimulatedProcess process = new SimulatedTime().process("a");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theSameRequestsHaveTheSameAnswers(boolean keepItems) {
		ModelTable model = keepItems ? ModelTable.retaining() : ModelTable.deleting();
		TableSettings settings = new TableSettings(this.bed.table(), true, true, Map.of(), false, false,
				Duration.ofSeconds(20), keepItems, Duration.ofDays(7), Duration.ofSeconds(10));
		DynamoDbLockTable emulator = new DynamoDbLockTable(this.bed.raw().client(), settings, this.process,
				new SystemSleeper(), (operation, answered) -> {
				});
		assertThat(emulator.send(new Request.Prepare(new LockKey("any")))).isInstanceOf(Answer.Written.class);
		for (int seed = 0; seed < SEQUENCES; seed++) {
			compare(seed, model, emulator);
		}
	}

	private void compare(int seed, ModelTable model, DynamoDbLockTable emulator) {
		SplittableRandom random = new SplittableRandom(seed);
		LockKey key = new LockKey("key-" + seed);
		for (int i = 0; i < REQUESTS; i++) {
			this.process.stepWall(Duration.ofMillis(random.nextInt(-50, 1_000)));
			if (random.nextInt(10) == 0) {
				interfere(random, key, model);
			}
			Request request = request(random, key, model);
			assertThat(emulator.send(request)).as("sequence %d, request %d: %s", seed, i, request)
				.isEqualTo(model.apply(request, this.process.wallMillis()));
			assertThat(emulator.send(new Request.Read(key, true))).as("sequence %d, after %s", seed, request)
				.isEqualTo(new Answer.Found(model.item(key)));
		}
	}

	/** Others use the table too: the Go package, and DynamoDB's time to live. */
	private void interfere(SplittableRandom random, LockKey key, ModelTable model) {
		Optional<LockRecord> item = model.item(key);
		if (item.isEmpty()) {
			assertThat(this.bed.raw().acquireLikeGo(key.value())).isTrue();
			model.putForeign(key);
		}
		else if (item.get().isFree() || random.nextBoolean()) {
			this.bed.raw().delete(key.value());
			model.remove(key);
		}
	}

	private static Request request(SplittableRandom random, LockKey key, ModelTable model) {
		String id = IDS.get(random.nextInt(IDS.size()));
		return switch (random.nextInt(8)) {
			case 0, 1, 2 -> new Request.Acquire(key, id, "owner of " + id, random.nextLong(1_000, 30_000),
					random.nextBoolean() ? Optional.of("note") : Optional.empty(), runOut(random, key, model));
			case 3 -> new Request.Renew(key, id, 9_000);
			case 4, 5 -> new Request.Release(key, id);
			case 6 -> new Request.MakePermanent(key, id, id + "-permanent");
			default ->
				random.nextBoolean() ? new Request.ReleaseForeign(key) : new Request.Read(key, random.nextBoolean());
		};
	}

	/** Nothing, what stands there, an older version of it, or somebody else. */
	private static Optional<Sighting> runOut(SplittableRandom random, LockKey key, ModelTable model) {
		Optional<LockRecord> held = model.itemAgo(key, random.nextInt(3)).filter((item) -> item.leaseId().isPresent());
		return random.nextInt(3) == 0 ? Optional.empty()
				: held.map((item) -> new Sighting(item.leaseId().orElseThrow(), item.version().orElseThrow()));
	}

}
