package io.dynlock.internal.table;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.internal.protocol.TableFailureException;
import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/**
 * Sees to it that the table exists, is ACTIVE, and has the right key: once, and again
 * after it vanished. Thread-safe; callers that come while it works wait for the outcome.
 */
final class TableProvisioner {

	private static final Logger logger = LoggerFactory.getLogger(TableProvisioner.class);

	private static final long FIRST_PAUSE_NANOS = 50_000_000L;

	private static final long MAX_PAUSE_NANOS = 2_000_000_000L;

	private final SdkCalls calls;

	private final TableSettings settings;

	private final TimeSource time;

	private final Sleeper sleeper;

	private final AwsRequestOverrideConfiguration limit;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean prepared;

	/** Whether this client may have created the table, and is to complete it. */
	private boolean mayHaveCreated;

	TableProvisioner(SdkCalls calls, TableSettings settings, TimeSource time, Sleeper sleeper) {
		this.calls = calls;
		this.settings = settings;
		this.time = time;
		this.sleeper = sleeper;
		this.limit = AwsRequestOverrideConfiguration.builder().apiCallTimeout(settings.requestTimeout()).build();
		this.prepared = !settings.verify();
	}

	/** Whether the table can be used as far as is known. */
	boolean isPrepared() {
		return this.prepared;
	}

	/** The table was found missing. */
	void vanished() {
		this.prepared = !this.settings.verify();
	}

	/**
	 * Prepares the table, unless that is done.
	 * @throws TableFailureException if it cannot be used
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	void prepare() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			if (!this.prepared) {
				verifyKey(awaitActive());
				this.prepared = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Looks at the table, without preparing it.
	 * @param limit how long to wait for the answer
	 * @throws TableFailureException if there is no answer, or the table cannot hold locks
	 */
	TableSight look(AwsRequestOverrideConfiguration limit) {
		Optional<TableDescription> table = describe(limit);
		table.ifPresent(this::verifyKey);
		return new TableSight(this.calls.region(), table.map(TableDescription::tableStatusAsString).orElse("MISSING"),
				table.map(TableProvisioner::isUsable).orElse(true));
	}

	private TableDescription awaitActive() throws InterruptedException {
		long started = this.time.nanoTime();
		long pause = FIRST_PAUSE_NANOS;
		boolean created = false;
		while (true) {
			Optional<TableDescription> table = describe(this.limit);
			if (table.isEmpty() && !created) {
				created = create();
			}
			else if (table.isPresent() && isUsable(table.get())) {
				complete();
				return table.get();
			}
			String status = table.map(TableDescription::tableStatusAsString).orElse("not visible yet");
			long left = this.settings.activeTimeout().toNanos() - (this.time.nanoTime() - started);
			if (left <= 0 || !this.sleeper.sleep(Math.min(pause, left))) {
				throw notActive(status);
			}
			pause = Math.min(MAX_PAUSE_NANOS, pause * 2);
		}
	}

	private void complete() {
		if (this.mayHaveCreated && this.settings.timeToLive()) {
			enableTimeToLive();
		}
		this.mayHaveCreated = false;
	}

	private static boolean isUsable(TableDescription table) {
		return table.tableStatus() == TableStatus.ACTIVE || table.tableStatus() == TableStatus.UPDATING;
	}

	private TableFailureException notActive(String status) {
		return new TableFailureException(new TableFailure(TableFailure.Kind.TABLE_NOT_ACTIVE,
				"The table '" + this.settings.name() + "' is not ACTIVE after " + this.settings.activeTimeout()
						+ " (last status: " + status + "); look at it in the AWS console, or wait longer",
				false, Optional.of(status), Optional.empty()));
	}

	private Optional<TableDescription> describe(AwsRequestOverrideConfiguration limit) {
		DescribeTableRequest request = DescribeTableRequest.builder()
			.tableName(this.settings.name())
			.overrideConfiguration(limit)
			.build();
		try {
			TableDescription table = this.calls.invoke("DescribeTable", (client) -> client.describeTable(request))
				.table();
			if (table == null) {
				throw ForeignAnswerException.without("table");
			}
			return Optional.of(table);
		}
		catch (ResourceNotFoundException ex) {
			if (this.settings.create()) {
				return Optional.empty();
			}
			throw new TableFailureException(this.calls.failure("DescribeTable", ex));
		}
		catch (RuntimeException ex) {
			throw new TableFailureException(this.calls.failure("DescribeTable", ex));
		}
	}

	/** Creates the table; {@code false} when somebody else is doing so. */
	private boolean create() {
		CreateTableRequest request = CreateTableRequest.builder()
			.tableName(this.settings.name())
			.keySchema(KeySchemaElement.builder().attributeName(LockItem.KEY).keyType(KeyType.HASH).build())
			.attributeDefinitions(AttributeDefinition.builder()
				.attributeName(LockItem.KEY)
				.attributeType(ScalarAttributeType.S)
				.build())
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.deletionProtectionEnabled(this.settings.deletionProtection())
			.overrideConfiguration(this.limit)
			.applyMutation((builder) -> {
				if (!this.settings.tags().isEmpty()) {
					builder.tags(tags());
				}
			})
			.build();
		try {
			this.calls.invoke("CreateTable", (client) -> client.createTable(request));
			logger.info("Created the table '{}' for locks", this.settings.name());
			this.mayHaveCreated = true;
			return true;
		}
		catch (ResourceInUseException ex) {
			// perhaps by this client itself, when an answer was lost
			this.mayHaveCreated |= SdkFailures.wasSentBefore(ex);
			logger.debug("Somebody else is creating the table '{}'", this.settings.name(), ex);
			return false;
		}
		catch (RuntimeException ex) {
			TableFailure failure = this.calls.failure("CreateTable", ex);
			this.mayHaveCreated |= failure.outcomeUnknown();
			throw new TableFailureException(failure);
		}
	}

	private List<Tag> tags() {
		return this.settings.tags()
			.entrySet()
			.stream()
			.map((tag) -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
			.toList();
	}

	/**
	 * Items that stay for ever cost storage, no safety: a failure is no reason to stop.
	 */
	private void enableTimeToLive() {
		UpdateTimeToLiveRequest request = UpdateTimeToLiveRequest.builder()
			.tableName(this.settings.name())
			.timeToLiveSpecification(
					TimeToLiveSpecification.builder().attributeName(LockItem.EXPIRES_AT).enabled(true).build())
			.overrideConfiguration(this.limit)
			.build();
		try {
			this.calls.invoke("UpdateTimeToLive", (client) -> client.updateTimeToLive(request));
		}
		catch (RuntimeException ex) {
			logger.warn(
					"Locks work, but the items of released locks stay in the table '{}', because its time to live"
							+ " could not be switched on: {}",
					this.settings.name(), this.calls.failure("UpdateTimeToLive", ex).message());
		}
	}

	private void verifyKey(TableDescription table) {
		List<KeySchemaElement> schema = table.keySchema();
		boolean right = schema.size() == 1 && schema.get(0).attributeName().equals(LockItem.KEY)
				&& table.attributeDefinitions()
					.stream()
					.anyMatch((attribute) -> attribute.attributeName().equals(LockItem.KEY)
							&& attribute.attributeType() == ScalarAttributeType.S);
		if (!right) {
			String found = schema.stream()
				.map((element) -> element.attributeName() + " (" + element.keyTypeAsString() + ", "
						+ type(table, element.attributeName()) + ")")
				.collect(Collectors.joining(", "));
			throw new TableFailureException(new TableFailure(TableFailure.Kind.REJECTED,
					"The table '" + this.settings.name() + "' cannot hold locks: its key is " + found
							+ ", but must be the partition key '" + LockItem.KEY
							+ "' of type String alone; use another table"));
		}
	}

	private static String type(TableDescription table, String attribute) {
		return table.attributeDefinitions()
			.stream()
			.filter((definition) -> definition.attributeName().equals(attribute))
			.map(AttributeDefinition::attributeTypeAsString)
			.findFirst()
			.orElse("?");
	}

}
