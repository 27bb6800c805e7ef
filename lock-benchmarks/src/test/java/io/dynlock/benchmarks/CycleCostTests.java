package io.dynlock.benchmarks;

import java.util.Map;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.Counts;
import io.dynlock.benchmarks.driver.LockTables;
import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.scenario.CycleCounter;
import io.dynlock.embedded.EmbeddedDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every driver does what its library is known to do, to the request.
 */
class CycleCostTests {

	private static final int CYCLES = 5;

	private static final Map<Peer, Counts> PER_CYCLE = Map.of(Peer.FLOOR,
			new Counts(Map.of("PutItem", 1L, "DeleteItem", 1L), 0, 2), Peer.FLOOR_LIMITED,
			new Counts(Map.of("PutItem", 1L, "DeleteItem", 1L), 0, 2), Peer.GO_COMMONS,
			new Counts(Map.of("DescribeTable", 2L, "PutItem", 1L, "DeleteItem", 1L), 0, 2), Peer.AWS,
			new Counts(Map.of("GetItem", 1L, "PutItem", 1L, "DeleteItem", 1L), 1, 2), Peer.SHEDLOCK,
			new Counts(Map.of("UpdateItem", 2L), 0, 2), Peer.SPRING,
			new Counts(Map.of("PutItem", 1L, "DeleteItem", 1L), 0, 2), Peer.BARE_REQUESTS,
			new Counts(Map.of("UpdateItem", 2L), 0, 2), Peer.LOCAL, Counts.NONE, Peer.DYNLOCK,
			new Counts(Map.of("UpdateItem", 2L), 0, 2));

	private static EmbeddedDynamoDb server;

	@BeforeAll
	static void start() {
		server = EmbeddedDynamoDb.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@EnumSource
	void aCycleWithoutContentionCostsThis(Peer peer) throws InterruptedException {
		LockTables.create(Clients.of(server.endpoint()), peer, peer.id());

		Counts counts = CycleCounter.count(server.endpoint(), peer, peer.id(), CYCLES);

		Counts expected = Counts.NONE;
		for (int i = 0; i < CYCLES; i++) {
			expected = expected.plus(PER_CYCLE.get(peer));
		}
		assertThat(counts).isEqualTo(expected);
	}

}
