package io.dynlock.internal.table;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.LockTable;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.Sighting;
import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.internal.protocol.TableFailureException;
import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A table of DynamoDB. Thread-safe.
 * <p>
 * An item carries {@code expiresAt}, by which DynamoDB may remove it, only while its lock
 * is free: the removal of a held lock, early because some host's clock is wrong, would
 * hand it to somebody else.
 */
public final class DynamoDbLockTable implements LockTable {

	private static final Logger logger = LoggerFactory.getLogger(DynamoDbLockTable.class);

	private static final Map<String, String> OWNER_ALIAS = Map.of("#owner", LockItem.OWNER);

	private static final String ACQUIRE = "SET leaseId = :leaseId, #owner = :owner, leaseMillis = :leaseMillis,"
			+ " acquiredAt = :now, version = if_not_exists(version, :now) + :one";

	private static final String IS_FREE_OR_MINE = "attribute_not_exists(LockID)"
			+ " OR (version BETWEEN :one AND :maxVersion AND attribute_not_exists(leaseId)) OR leaseId = :leaseId";

	private static final String IS_RUN_OUT = " OR (leaseId = :runOut AND version = :runOutVersion)";

	private static final String IS_MINE = "leaseId = :leaseId";

	private static final String IS_FOREIGN = "attribute_exists(LockID) AND attribute_not_exists(version)"
			+ " AND attribute_not_exists(leaseId)";

	private static final String IS_HELD_OR_NO_LOCK = "attribute_exists(leaseId) OR attribute_not_exists(version)"
			+ " OR attribute_not_exists(LockID)";

	private final String id;

	private final SdkCalls calls;

	private final TableSettings settings;

	private final TimeSource time;

	private final TableProvisioner provisioner;

	private final AwsRequestOverrideConfiguration limit;

	/**
	 * Creates the access to a table; makes no request.
	 * @param client the SDK's client
	 * @param settings the table and how it is treated
	 * @param time the clocks
	 * @param sleeper waits for the table to become ACTIVE
	 * @param listener is told of every request
	 */
	public DynamoDbLockTable(DynamoDbClient client, TableSettings settings, TimeSource time, Sleeper sleeper,
			RequestListener listener) {
		this.id = TableId.of(client, settings.name());
		this.calls = new SdkCalls(client, settings.name(), listener);
		this.settings = settings;
		this.time = time;
		this.provisioner = new TableProvisioner(this.calls, settings, time, sleeper);
		this.limit = limit(settings.requestTimeout());
	}

	/** Region and name, the same wherever the table is used. */
	public String id() {
		return this.id;
	}

	@Override
	public Answer send(Request request) {
		if (request instanceof Request.Acquire acquire) {
			return acquire(acquire);
		}
		if (request instanceof Request.Read read) {
			return read(read);
		}
		if (request instanceof Request.Renew renew) {
			return renew(renew);
		}
		if (request instanceof Request.Release release) {
			return release(release);
		}
		if (request instanceof Request.ReleaseForeign release) {
			return releaseForeign(release);
		}
		if (request instanceof Request.MakePermanent makePermanent) {
			return makePermanent(makePermanent);
		}
		return prepare();
	}

	/**
	 * The locks that are held, read page by page as the stream is consumed, consistently.
	 * Items that are no locks are left out, with a warning. That there are none is only
	 * said of a table that can hold locks.
	 * @param after the lock behind which to begin; empty for the beginning
	 * @param exceptions makes what is thrown, where a page is needed, of a failure
	 * @return the locks, in no particular order
	 */
	public Stream<LockRecord> scan(Optional<LockKey> after,
			Function<TableFailure, ? extends RuntimeException> exceptions) {
		Iterator<List<LockRecord>> pages = new Pages(after, exceptions);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.flatMap(List::stream);
	}

	/**
	 * Looks at the table itself, without preparing it.
	 * @param timeout how long to wait for the answer
	 * @throws TableFailureException if there is no answer, or the table cannot hold locks
	 */
	public TableSight look(Duration timeout) {
		return this.provisioner.look(limit(timeout));
	}

	private Answer acquire(Request.Acquire acquire) {
		if (!this.provisioner.isPrepared()) {
			return unprepared();
		}
		Map<String, AttributeValue> values = new HashMap<>(16);
		values.put(":leaseId", LockItem.text(acquire.leaseId()));
		values.put(":owner", LockItem.text(acquire.owner()));
		values.put(":leaseMillis", LockItem.number(acquire.leaseMillis()));
		values.put(":now", LockItem.number(this.time.wallMillis()));
		values.put(":one", LockItem.number(1));
		values.put(":maxVersion", LockItem.number(LockItem.MAX_VERSION - 1));
		String update = ACQUIRE;
		String remove = " REMOVE expiresAt";
		if (acquire.note().isPresent()) {
			update += ", note = :note";
			values.put(":note", LockItem.text(acquire.note().get()));
		}
		else {
			remove += ", note";
		}
		String condition = IS_FREE_OR_MINE;
		if (acquire.runOut().isPresent()) {
			Sighting runOut = acquire.runOut().get();
			condition += IS_RUN_OUT;
			values.put(":runOut", LockItem.text(runOut.leaseId()));
			values.put(":runOutVersion", LockItem.number(runOut.version()));
		}
		UpdateItemRequest request = update(acquire.key(), update + remove, condition, values)
			.expressionAttributeNames(OWNER_ALIAS)
			.returnValues(ReturnValue.UPDATED_NEW)
			.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
			.overrideConfiguration(limit(acquire.leaseMillis()))
			.build();
		return write(() -> LockItem.version(updated(request), acquire.key()), "UpdateItem", true);
	}

	private Answer renew(Request.Renew renew) {
		UpdateItemRequest request = update(renew.key(), "SET version = version + :one", IS_MINE,
				Map.of(":leaseId", LockItem.text(renew.leaseId()), ":one", LockItem.number(1)))
			.returnValues(ReturnValue.UPDATED_NEW)
			.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
			.overrideConfiguration(limit(renew.leaseMillis() / 2))
			.build();
		return update(request);
	}

	private Answer makePermanent(Request.MakePermanent lock) {
		return update(update(lock.key(), "SET leaseId = :permanentId, version = version + :one REMOVE leaseMillis",
				"leaseId = :leaseId OR leaseId = :permanentId",
				Map.of(":leaseId", LockItem.text(lock.leaseId()), ":permanentId", LockItem.text(lock.permanentId()),
						":one", LockItem.number(1)))
			.returnValues(ReturnValue.UPDATED_NEW)
			.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
			.build());
	}

	private Answer release(Request.Release release) {
		if (!this.settings.keepItems()) {
			return delete(release.key(), IS_MINE, Map.of(":leaseId", LockItem.text(release.leaseId())));
		}
		Map<String, AttributeValue> values = new HashMap<>();
		values.put(":leaseId", LockItem.text(release.leaseId()));
		String update = "REMOVE leaseId, #owner, leaseMillis, acquiredAt, note";
		if (!this.settings.retention().isZero()) {
			update = "SET expiresAt = :expiresAt " + update;
			values.put(":expiresAt",
					LockItem.number(this.time.wallMillis() / 1000 + this.settings.retention().toSeconds()));
		}
		return update(update(release.key(), update, IS_MINE, values).expressionAttributeNames(OWNER_ALIAS)
			.returnValues(ReturnValue.ALL_OLD)
			.build());
	}

	private Answer releaseForeign(Request.ReleaseForeign release) {
		return delete(release.key(), IS_FOREIGN, Map.of());
	}

	private UpdateItemRequest.Builder update(LockKey key, String update, String condition,
			Map<String, AttributeValue> values) {
		return UpdateItemRequest.builder()
			.tableName(this.settings.name())
			.key(LockItem.key(key))
			.updateExpression(update)
			.conditionExpression(condition)
			.expressionAttributeValues(values)
			.overrideConfiguration(this.limit);
	}

	private Answer update(UpdateItemRequest request) {
		return write(() -> {
			updated(request);
			return 0;
		}, "UpdateItem", false);
	}

	private Answer delete(LockKey key, String condition, Map<String, AttributeValue> values) {
		DeleteItemRequest.Builder request = DeleteItemRequest.builder()
			.tableName(this.settings.name())
			.key(LockItem.key(key))
			.conditionExpression(condition)
			.returnValues(ReturnValue.ALL_OLD)
			.overrideConfiguration(this.limit);
		if (!values.isEmpty()) {
			request.expressionAttributeValues(values);
		}
		DeleteItemRequest built = request.build();
		return write(() -> {
			written(this.calls.invoke("DeleteItem", (client) -> client.deleteItem(built)).attributes());
			return 0;
		}, "DeleteItem", false);
	}

	private Map<String, AttributeValue> updated(UpdateItemRequest request) {
		return written(this.calls.invoke("UpdateItem", (client) -> client.updateItem(request)).attributes());
	}

	/** Every write asks for attributes, so that an answer without any is none. */
	private static Map<String, AttributeValue> written(Map<String, AttributeValue> attributes) {
		if (attributes.isEmpty()) {
			throw ForeignAnswerException.without("attributes");
		}
		return attributes;
	}

	private Answer write(LongSupplier call, String operation, boolean mayPrepare) {
		try {
			return new Answer.Written(call.getAsLong());
		}
		catch (ConditionalCheckFailedException ex) {
			return refused(ex);
		}
		catch (RuntimeException ex) {
			return failed(operation, ex, mayPrepare);
		}
	}

	private static Answer refused(ConditionalCheckFailedException exception) {
		boolean inDoubt = SdkFailures.wasSentBefore(exception);
		try {
			return new Answer.Refused(
					exception.hasItem() ? Optional.of(LockItem.read(exception.item())) : Optional.empty(), inDoubt);
		}
		catch (MalformedItemException ex) {
			return new Answer.Failed(new TableFailure(TableFailure.Kind.MALFORMED_ITEM, String.valueOf(ex.getMessage()),
					inDoubt, Optional.empty(), Optional.of(ex)));
		}
	}

	private Answer read(Request.Read read) {
		if (!this.provisioner.isPrepared()) {
			return unprepared();
		}
		GetItemRequest request = GetItemRequest.builder()
			.tableName(this.settings.name())
			.key(LockItem.key(read.key()))
			.consistentRead(read.consistent())
			.overrideConfiguration(this.limit)
			.build();
		try {
			GetItemResponse response = this.calls.invoke("GetItem", (client) -> client.getItem(request));
			return new Answer.Found(
					response.hasItem() ? Optional.of(LockItem.read(response.item())) : Optional.empty());
		}
		catch (RuntimeException ex) {
			return failed("GetItem", ex, true);
		}
	}

	private Answer.Failed failed(String operation, RuntimeException exception, boolean mayPrepare) {
		TableFailure failure = this.calls.failure(operation, exception);
		if (failure.kind() == TableFailure.Kind.NO_TABLE && mayPrepare) {
			this.provisioner.vanished();
			if (!this.provisioner.isPrepared()) {
				return unprepared();
			}
		}
		return new Answer.Failed(failure);
	}

	private Answer.Failed unprepared() {
		return new Answer.Failed(new TableFailure(TableFailure.Kind.UNPREPARED, "The table '" + this.settings.name()
				+ "' must be looked at before it is used; it vanished repeatedly"));
	}

	private Answer prepare() {
		try {
			this.provisioner.prepare();
			return new Answer.Written(0);
		}
		catch (TableFailureException ex) {
			return new Answer.Failed(ex.failure());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Answer.Failed(new TableFailure(TableFailure.Kind.INTERRUPTED,
					"Interrupted while waiting for the table '" + this.settings.name() + "'"));
		}
	}

	/** An answer that comes later is of no use to the lease. */
	private AwsRequestOverrideConfiguration limit(long millis) {
		return (millis < this.settings.requestTimeout().toMillis()) ? limit(Duration.ofMillis(millis)) : this.limit;
	}

	private static AwsRequestOverrideConfiguration limit(Duration duration) {
		return AwsRequestOverrideConfiguration.builder().apiCallTimeout(duration).build();
	}

	/** The held locks, page by page. */
	private final class Pages implements Iterator<List<LockRecord>> {

		private final Function<TableFailure, ? extends RuntimeException> exceptions;

		private Map<String, AttributeValue> start;

		private boolean last;

		private Pages(Optional<LockKey> after, Function<TableFailure, ? extends RuntimeException> exceptions) {
			this.start = after.map(LockItem::key).orElse(Map.of());
			this.exceptions = exceptions;
		}

		@Override
		public boolean hasNext() {
			return !this.last;
		}

		@Override
		public List<LockRecord> next() {
			if (this.last) {
				throw new NoSuchElementException();
			}
			ScanRequest request = ScanRequest.builder()
				.tableName(DynamoDbLockTable.this.settings.name())
				.consistentRead(true)
				.filterExpression(IS_HELD_OR_NO_LOCK)
				.exclusiveStartKey(this.start.isEmpty() ? null : this.start)
				.overrideConfiguration(DynamoDbLockTable.this.limit)
				.build();
			ScanResponse response = scan(request, true);
			if (mayBeOfAnotherTable(response)) {
				DynamoDbLockTable.this.provisioner.vanished();
				ensurePrepared();
			}
			this.last = !response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty();
			this.start = response.lastEvaluatedKey();
			return response.items().stream().flatMap((item) -> record(item).stream()).toList();
		}

		private ScanResponse scan(ScanRequest request, boolean mayPrepare) {
			ensurePrepared();
			try {
				ScanResponse response = DynamoDbLockTable.this.calls.invoke("Scan", (client) -> client.scan(request));
				if (!response.hasItems()) {
					throw ForeignAnswerException.without("items");
				}
				return response;
			}
			catch (RuntimeException ex) {
				TableFailure failure = failed("Scan", ex, true).failure();
				if (failure.kind() == TableFailure.Kind.UNPREPARED && mayPrepare) {
					return scan(request, false);
				}
				throw this.exceptions.apply(failure);
			}
		}

		private void ensurePrepared() {
			if (!DynamoDbLockTable.this.provisioner.isPrepared() && prepare() instanceof Answer.Failed failed) {
				throw this.exceptions.apply(failed.failure());
			}
		}

		/** A scan does not depend on the key, unlike all other requests. */
		private boolean mayBeOfAnotherTable(ScanResponse response) {
			boolean emptyTable = this.start.isEmpty() && Integer.valueOf(0).equals(response.scannedCount());
			return emptyTable || response.items().stream().anyMatch((item) -> !item.containsKey(LockItem.KEY));
		}

		private Optional<LockRecord> record(Map<String, AttributeValue> item) {
			try {
				return Optional.of(LockItem.read(item));
			}
			catch (MalformedItemException ex) {
				logger.warn("Left out of the list: {}", ex.getMessage());
				return Optional.empty();
			}
		}

	}

}
