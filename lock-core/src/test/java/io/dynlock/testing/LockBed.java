package io.dynlock.testing;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh table for each test, and any number of processes that share it. Register it in
 * a field that is not static; it ends everything after the test.
 */
public final class LockBed implements AfterEachCallback {

	/** Short pauses, so that tests are; leases long enough not to end by themselves. */
	public static final LockOptions QUICK = LockOptions.builder()
		.sleepBetweenRetries(Duration.ofMillis(20))
		.maxSleepBetweenRetries(Duration.ofMillis(50))
		.waitTimeout(Duration.ofSeconds(20))
		.build();

	private final Supplier<URI> endpoint;

	private final String table = "locks-" + UUID.randomUUID();

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private @Nullable RawTable raw;

	/** On the DynamoDB that all tests share. */
	public LockBed() {
		this(SharedDynamoDb::endpoint);
	}

	/** On another server. */
	public LockBed(Supplier<URI> endpoint) {
		this.endpoint = endpoint;
	}

	/** The name of the table, which does not exist at first. */
	public String table() {
		return this.table;
	}

	/** Where the server listens. */
	public URI endpoint() {
		return this.endpoint.get();
	}

	/** The table without the library. */
	public RawTable raw() {
		RawTable raw = this.raw;
		if (raw == null) {
			raw = new RawTable(manage(RawTable.clientBuilder(endpoint()).build()), this.table);
			this.raw = raw;
		}
		return raw;
	}

	/** The options of the table, to be changed. */
	public TableOptions.Builder tableOptions() {
		return TableOptions.builder().table(this.table).requestTimeout(Duration.ofSeconds(10));
	}

	/** Another process. */
	public Node node() {
		return node(UnaryOperator.identity());
	}

	/** Another process, with settings of its own. */
	public Node node(UnaryOperator<DistributedLockTemplate.Builder> settings) {
		Wire wire = new Wire();
		RecordingListener events = new RecordingListener();
		manage(wire);
		DistributedLockTemplate.Builder builder = DistributedLockTemplate.builder(manage(wire.client(endpoint())))
			.tableOptions(tableOptions().build())
			.options(QUICK)
			.closeTimeout(Duration.ofSeconds(5))
			.listener(events);
		DistributedLockTemplate locks = settings.apply(builder).build();
		manage(() -> {
			wire.heal();
			locks.close();
		});
		return new Node(locks, wire, events);
	}

	/** Another process, whose table is prepared. */
	public Node preparedNode() {
		Node node = node();
		node.locks().status("warm-up");
		return node;
	}

	/** Has something closed after the test, the last first. */
	public <T extends AutoCloseable> T manage(T resource) {
		this.open.push(resource);
		return resource;
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
	}

	/**
	 * A process, as far as its peers can tell.
	 *
	 * @param locks its locks
	 * @param wire its wire to DynamoDB
	 * @param events what its listener was told
	 */
	public record Node(DistributedLockTemplate locks, Wire wire, RecordingListener events) {

		/** The process is no more: none of its requests gets through. */
		public void die() {
			this.wire.cut();
		}

	}

}
