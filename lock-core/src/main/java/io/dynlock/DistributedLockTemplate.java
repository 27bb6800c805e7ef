package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.dynlock.internal.protocol.Acquisition;
import io.dynlock.internal.protocol.AttemptOutcome;
import io.dynlock.internal.protocol.Grant;
import io.dynlock.internal.protocol.HeldLease;
import io.dynlock.internal.protocol.LeaseKeeper;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.TableFailureException;
import io.dynlock.internal.table.DynamoDbLockTable;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.SystemScheduler;
import io.dynlock.internal.time.SystemSleeper;
import io.dynlock.internal.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Distributed locks on one DynamoDB table.
 * <p>
 * Acquiring a lock that is free is one conditional write, releasing it another. While it
 * is held, its lease is renewed in the background by a few daemon threads, however many
 * leases there are. Making a template makes no request; the table is looked at when the
 * first lock is wanted.
 * <p>
 * Thread-safe; one template per table serves a whole application. Close it to give back
 * what is held.
 */
public final class DistributedLockTemplate implements DistributedLockOperations, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DistributedLockTemplate.class);

	private final LockClient client;

	private final DynamoDbLockTable table;

	private final TimeSource time;

	private final Scheduler scheduler;

	private final Executor callbackExecutor;

	private final Listeners listeners;

	private final LockExceptions exceptions;

	private final TableOptions tableOptions;

	private final LockOptions options;

	private final String owner;

	private final Duration closeTimeout;

	private DistributedLockTemplate(Builder builder) {
		this.time = builder.time;
		this.scheduler = new SystemScheduler(builder.requestThreads);
		this.callbackExecutor = DistributedLockTemplate::callBack;
		this.listeners = new Listeners(builder.listeners);
		this.tableOptions = builder.tableOptions;
		this.exceptions = new LockExceptions(this.tableOptions.table());
		this.options = builder.options;
		this.owner = builder.owner;
		this.closeTimeout = builder.closeTimeout;
		SystemSleeper sleeper = new SystemSleeper();
		this.table = new DynamoDbLockTable(builder.client, this.tableOptions.settings(), this.time, sleeper,
				(operation, answered) -> this.listeners.tell((listener) -> listener.requested(operation, answered)));
		this.client = new LockClient(this.table, this.time, this.scheduler, sleeper, randomly(),
				() -> UUID.randomUUID().toString(), this.callbackExecutor);
	}

	/**
	 * A builder of templates.
	 * @param client the SDK's client; the template does not close it
	 */
	public static Builder builder(DynamoDbClient client) {
		return new Builder(client);
	}

	/** The generator of whichever thread asks. */
	private static RandomGenerator randomly() {
		return () -> ThreadLocalRandom.current().nextLong();
	}

	private static void callBack(Runnable callback) {
		Thread thread = new Thread(callback, "dynlock-lost");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public LockOptions options() {
		return this.options;
	}

	/** The table, and how it is treated. */
	public TableOptions tableOptions() {
		return this.tableOptions;
	}

	/** Who holds the locks of this template, for people. */
	public String owner() {
		return this.owner;
	}

	@Override
	public Lease acquire(String key) {
		return acquire(key, this.options);
	}

	@Override
	public Lease acquire(String key, LockOptions options) {
		LockKey lockKey = new LockKey(key);
		long started = this.time.nanoTime();
		Acquired acquired = acquire(lockKey, options, LockListener.Outcome.TIMEOUT);
		if (acquired.lease != null) {
			return acquired.lease;
		}
		throw new LockTimeoutException(this.tableOptions.table(), key, lockKey.toString(),
				Duration.ofNanos(this.time.nanoTime() - started), acquired.attempts,
				acquired.holder.map(LockStatus::of));
	}

	@Override
	public Optional<Lease> tryAcquire(String key, LockOptions options) {
		return Optional.ofNullable(acquire(new LockKey(key), options, LockListener.Outcome.BUSY).lease);
	}

	private Acquired acquire(LockKey key, LockOptions options, LockListener.Outcome whenBusy) {
		long started = this.time.nanoTime();
		LockListener.Outcome outcome = LockListener.Outcome.FAILED;
		this.listeners.tell((listener) -> listener.acquireStarted(key.value(), options.name()));
		try {
			Acquired acquired = acquire(key, options);
			outcome = (acquired.lease != null) ? LockListener.Outcome.ACQUIRED : whenBusy;
			return acquired;
		}
		finally {
			Duration duration = Duration.ofNanos(this.time.nanoTime() - started);
			LockListener.Outcome ended = outcome;
			this.listeners.tell((listener) -> listener.acquireEnded(key.value(), options.name(), ended, duration));
		}
	}

	private Acquired acquire(LockKey key, LockOptions options) {
		if (this.client.isClosed()) {
			throw LockExceptions.closed();
		}
		Acquisition.Result result = await(key, options);
		if (result instanceof Acquisition.Result.Granted granted) {
			return new Acquired(hold(granted.grant(), options), 0, Optional.empty());
		}
		if (this.client.isClosed()) {
			throw LockExceptions.closed();
		}
		if (result instanceof Acquisition.Result.Failed failed) {
			throw this.exceptions.of(failed.failure(), key);
		}
		Acquisition.Result.Busy busy = (Acquisition.Result.Busy) result;
		return new Acquired(null, busy.attempts(), busy.holder());
	}

	private Acquisition.Result await(LockKey key, LockOptions options) {
		try {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			return this.client.acquire(key, options.toTerms(this.owner),
					(outcome, nanos) -> this.listeners.tell((listener) -> listener.attempted(key.value(),
							options.name(), outcome(outcome), Duration.ofNanos(nanos))));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			LockInterruptedException interrupted = new LockInterruptedException(
					"Interrupted while waiting for the lock '" + key + "'");
			interrupted.initCause(ex);
			throw interrupted;
		}
	}

	private static LockListener.Outcome outcome(AttemptOutcome outcome) {
		return switch (outcome) {
			case ACQUIRED -> LockListener.Outcome.ACQUIRED;
			case BUSY -> LockListener.Outcome.BUSY;
			case FAILED -> LockListener.Outcome.FAILED;
		};
	}

	private TemplateLease hold(Grant grant, LockOptions options) {
		LeaseKeeper keeper = this.client.leases();
		TemplateLease lease = new TemplateLease(grant, options, keeper, this.time, this.callbackExecutor,
				this.listeners, this.exceptions);
		HeldLease held = this.client.hold(grant, lease).orElseThrow(LockExceptions::closed);
		lease.begin(held);
		this.listeners.tell((listener) -> listener.acquired(lease));
		return lease;
	}

	@Override
	public <T, E extends Exception> T execute(String key, LockOptions options, LockCallback<T, E> callback) throws E {
		return run(acquire(key, options), options, callback);
	}

	@Override
	public <T, E extends Exception> Optional<T> tryExecute(String key, LockOptions options, LockCallback<T, E> callback)
			throws E {
		Optional<Lease> lease = tryAcquire(key, options);
		return lease.isPresent() ? Optional.of(run(lease.get(), options, callback)) : Optional.empty();
	}

	private <T, E extends Exception> T run(Lease lease, LockOptions options, LockCallback<T, E> callback) throws E {
		try (GuardedRun run = new GuardedRun((TemplateLease) lease, options.onLoss())) {
			T result = callback.run(lease);
			run.completed();
			return result;
		}
	}

	@Override
	public LockStatus status(String key) {
		LockKey lockKey = new LockKey(key);
		return ask(lockKey, () -> this.client.read(lockKey)).map(LockStatus::of)
			.orElseGet(() -> LockStatus.free(lockKey));
	}

	@Override
	public Stream<LockStatus> list() {
		return this.table.scan(this.exceptions::of).map(LockStatus::of);
	}

	@Override
	public Optional<LockStatus> forceRelease(String key) {
		LockKey lockKey = new LockKey(key);
		Optional<LockStatus> released = ask(lockKey, () -> this.client.forceRelease(lockKey)).map(LockStatus::of);
		released.ifPresent((status) -> logForceRelease(lockKey, status));
		return released;
	}

	@Override
	public boolean forceRelease(LockStatus seen) {
		if (!seen.isHeld()) {
			return false;
		}
		LockRecord held = seen.toRecord();
		boolean released = ask(held.key(), () -> this.client.forceRelease(held));
		if (released) {
			logForceRelease(held.key(), seen);
		}
		return released;
	}

	private static void logForceRelease(LockKey key, LockStatus status) {
		logger.info("Released the lock '{}' by name; it was held by {}", key, status.describeHolder());
	}

	private <T> T ask(LockKey key, Supplier<T> question) {
		try {
			return question.get();
		}
		catch (TableFailureException ex) {
			throw this.exceptions.of(ex.failure(), key);
		}
	}

	/**
	 * Ends all waiting with an exception, takes no more locks, and releases those that
	 * are held, waiting for the releases for as long as the close timeout says. The
	 * leases are lost, with the reason {@link LossReason.Closed}. Permanent locks stay
	 * held, and so do locks that were released but are to be held a little longer. Does
	 * nothing when called again.
	 */
	@Override
	public void close() {
		if (this.client.isClosed()) {
			return;
		}
		long started = this.time.nanoTime();
		try {
			this.client.close(this.closeTimeout.toNanos());
		}
		catch (InterruptedException ex) {
			logger.warn("Interrupted while releasing the locks; those not yet released end with their leases", ex);
			Thread.currentThread().interrupt();
		}
		this.scheduler.shutdown(this.closeTimeout.minusNanos(this.time.nanoTime() - started));
	}

	@Override
	public String toString() {
		return "DistributedLockTemplate[table=" + this.tableOptions.table() + ", owner=" + this.owner + "]";
	}

	/** A lease, or what is known about who has it instead. */
	private record Acquired(@Nullable TemplateLease lease, int attempts, Optional<LockRecord> holder) {

	}

	/**
	 * Builds {@link DistributedLockTemplate}s. Not thread-safe.
	 */
	public static final class Builder {

		private final DynamoDbClient client;

		private final List<LockListener> listeners = new ArrayList<>();

		private TableOptions tableOptions = TableOptions.withDefaults();

		private LockOptions options = LockOptions.withDefaults();

		private String owner = ProcessOwner.describe("java");

		private Duration closeTimeout = Duration.ofSeconds(10);

		private int requestThreads = 4;

		private TimeSource time = TimeSource.system();

		private Builder(DynamoDbClient client) {
			this.client = client;
		}

		/**
		 * The name of the table; everything else about it keeps its default.
		 * @param table a name that DynamoDB accepts
		 */
		public Builder table(String table) {
			return tableOptions(TableOptions.builder().table(table).build());
		}

		/**
		 * The table, and how it is treated.
		 * @param tableOptions the options
		 */
		public Builder tableOptions(TableOptions tableOptions) {
			this.tableOptions = tableOptions;
			return this;
		}

		/**
		 * The options that apply where a call gives none.
		 * @param options the options
		 */
		public Builder options(LockOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Who holds the locks, for people. Defaults to {@code java}, host, process id and
		 * a few random letters.
		 * @param owner 1 to 256 characters
		 */
		public Builder owner(String owner) {
			Arguments.check(!owner.isBlank() && owner.length() <= 256, "owner", owner, "use 1 to 256 characters");
			this.owner = owner;
			return this;
		}

		/**
		 * Who holds the locks, for people: the application, and after it host, process id
		 * and a few random letters.
		 * @param application 1 to 128 characters
		 */
		public Builder application(String application) {
			Arguments.check(!application.isBlank() && application.length() <= 128, "application", application,
					"use 1 to 128 characters");
			return owner(ProcessOwner.describe(application));
		}

		/**
		 * Adds a listener.
		 * @param listener is told of everything
		 */
		public Builder listener(LockListener listener) {
			this.listeners.add(listener);
			return this;
		}

		/**
		 * How long {@link DistributedLockTemplate#close()} waits for its releases.
		 * Defaults to 10 seconds.
		 * @param closeTimeout zero or positive
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = Arguments.notNegative("closeTimeout", closeTimeout);
			return this;
		}

		/**
		 * How many background threads renew and release, at most. They live only while
		 * there is work. Defaults to 4.
		 * @param requestThreads at least 1
		 */
		public Builder requestThreads(int requestThreads) {
			Arguments.check(requestThreads >= 1, "requestThreads", requestThreads, "use at least 1");
			this.requestThreads = requestThreads;
			return this;
		}

		Builder time(TimeSource time) {
			this.time = time;
			return this;
		}

		/** The template. */
		public DistributedLockTemplate build() {
			return new DistributedLockTemplate(this);
		}

	}

}
