package io.dynlock.test;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import io.dynlock.embedded.EmbeddedDynamoDb;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Gives each test a table of its own, locks on it, and another process that has or takes
 * them. For JUnit Jupiter, in a field: <pre>
 * &#064;RegisterExtension
 * final LocksExtension locks = LocksExtension.inMemory();
 * </pre>
 */
public final class LocksExtension implements BeforeEachCallback, AfterEachCallback {

	/** Looks often, so that tests need not wait. */
	private static final LockOptions QUICK = LockOptions.builder()
		.waitTimeout(Duration.ofSeconds(5))
		.sleepBetweenRetries(Duration.ofMillis(5))
		.maxSleepBetweenRetries(Duration.ofMillis(20))
		.build();

	private final Supplier<DynamoDbClient> client;

	private @Nullable Test test;

	private LocksExtension(Supplier<DynamoDbClient> client) {
		this.client = client;
	}

	/** Tables in memory: for unit tests. */
	public static LocksExtension inMemory() {
		return new LocksExtension(InMemory.INSTANCE::client);
	}

	/**
	 * Tables in DynamoDB Local, started for the first test and ended with the JVM. Needs
	 * {@code io.dynlock:lock-embedded}.
	 */
	public static LocksExtension embedded() {
		return new LocksExtension(Embedded::client);
	}

	/** The locks under test; they wait for 5 seconds unless told otherwise. */
	public DistributedLockTemplate template() {
		return test().template();
	}

	/** Another process that uses the same table. */
	public OtherProcess otherProcess() {
		return test().other();
	}

	/** The client, for a template with options of its own. */
	public DynamoDbClient client() {
		return this.client.get();
	}

	/** The table of the running test. */
	public TableOptions table() {
		return test().table();
	}

	private Test test() {
		Test current = this.test;
		if (current == null) {
			throw new IllegalStateException("There are locks only while a test runs; ask for them in the test or in"
					+ " @BeforeEach, and register the extension with @RegisterExtension");
		}
		return current;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		TableOptions table = TableOptions.builder().table("locks-" + UUID.randomUUID()).build();
		OtherProcess other = new OtherProcess(client(), table);
		DistributedLockTemplate template = DistributedLockTemplate.builder(client())
			.tableOptions(table)
			.options(QUICK)
			.listener(other)
			.build();
		this.test = new Test(table, template, other);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		test().template().close();
		test().other().close();
		this.test = null;
	}

	private record Test(TableOptions table, DistributedLockTemplate template, OtherProcess other) {

	}

	/** One for all tests, whose tables differ. */
	private static final class InMemory {

		static final InMemoryDynamoDb INSTANCE = new InMemoryDynamoDb();

	}

	/** Kept apart, because it needs the optional module. */
	private static final class Embedded {

		private static final DynamoDbClient CLIENT = DynamoDbClients.builder()
			.endpoint(EmbeddedDynamoDb.start().endpoint())
			.local()
			.build();

		static DynamoDbClient client() {
			return CLIENT;
		}

	}

}
