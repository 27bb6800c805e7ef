package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.dynlock.internal.protocol.HandOff;
import io.dynlock.internal.protocol.LockClient;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Printable;
import io.dynlock.internal.protocol.TableFailureException;
import io.dynlock.internal.table.DynamoDbLockTable;
import io.dynlock.internal.table.TableSight;
import io.dynlock.internal.time.Scheduler;
import io.dynlock.internal.time.SystemScheduler;
import io.dynlock.internal.time.SystemSleeper;
import io.dynlock.internal.time.TimeSource;
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

	/** What a template is called that is given no name: {@value}. */
	public static final String DEFAULT_NAME = "default";

	/** How often a lock is handed on inside a process. */
	public static final int DEFAULT_HAND_OFF_MAX_COUNT = 65_535;

	/** For how long a lock is handed on inside a process. */
	public static final Duration DEFAULT_HAND_OFF_MAX_DURATION = Duration.ofMillis(3200);

	private static final Logger logger = LoggerFactory.getLogger(DistributedLockTemplate.class);

	private final LockClient client;

	private final DynamoDbLockTable table;

	private final TimeSource time;

	private final Scheduler scheduler;

	private final LeaseSource leases;

	private final HeldScopes scopes = new HeldScopes();

	private final LockExceptions exceptions;

	private final TableOptions tableOptions;

	private final LockOptions options;

	private final String name;

	private final String owner;

	private final Duration closeTimeout;

	private DistributedLockTemplate(Builder builder) {
		this.time = builder.time;
		this.scheduler = new SystemScheduler(builder.requestThreads);
		this.tableOptions = builder.tableOptions;
		this.exceptions = new LockExceptions(builder.name, this.tableOptions.table());
		this.options = builder.options;
		this.name = builder.name;
		this.owner = builder.owner;
		this.closeTimeout = builder.closeTimeout;
		SystemSleeper sleeper = new SystemSleeper();
		Listeners listeners = new Listeners(builder.listeners);
		this.table = new DynamoDbLockTable(builder.client, this.tableOptions.settings(), this.time, sleeper,
				(operation, answered) -> listeners.tell((listener) -> listener.requested(operation, answered)));
		this.client = new LockClient(this.table, this.time, this.scheduler, sleeper, randomly(),
				() -> UUID.randomUUID().toString(), DistributedLockTemplate::callBack,
				new HandOff(builder.handOffMaxCount, builder.handOffMaxDuration.toNanos()));
		this.leases = new LeaseSource(this.client,
				new LeaseEnvironment(this.time, DistributedLockTemplate::callBack, listeners, this.exceptions),
				this.tableOptions.table(), this.owner);
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
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			logger.error("No thread could be started to tell of the loss of a lock; this one tells of it", ex);
			callback.run();
		}
	}

	@Override
	public LockOptions options() {
		return this.options;
	}

	/**
	 * Region and name of the table. Neither the endpoint, by which processes may reach
	 * the same table in different ways, nor the account is part of it; of an ARN, region
	 * and name are.
	 */
	@Override
	public String tableId() {
		return this.table.id();
	}

	/** The table, and how it is treated. */
	public TableOptions tableOptions() {
		return this.tableOptions;
	}

	/** What this template is called among others, for people and metrics. */
	public String name() {
		return this.name;
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
		return acquire(new LockKey(key), options);
	}

	private GuardedLease acquire(LockKey key, LockOptions options) {
		return this.scopes.reenter(key).orElseGet(() -> this.leases.acquire(key, options));
	}

	@Override
	public Optional<Lease> tryAcquire(String key, LockOptions options) {
		return tryAcquire(new LockKey(key), options).map((lease) -> lease);
	}

	private Optional<GuardedLease> tryAcquire(LockKey key, LockOptions options) {
		return this.scopes.reenter(key).or(() -> this.leases.tryAcquire(key, options));
	}

	@Override
	public CompletableFuture<Lease> acquireAsync(String key, LockOptions options) {
		return this.leases.acquireAsync(new LockKey(key), options);
	}

	@Override
	public <T, E extends Exception> T execute(String key, LockOptions options, LockCallback<T, E> callback) throws E {
		return run(acquire(new LockKey(key), options), options, callback);
	}

	@Override
	public <T, E extends Exception> Optional<T> tryExecute(String key, LockOptions options, LockCallback<T, E> callback)
			throws E {
		Optional<GuardedLease> lease = tryAcquire(new LockKey(key), options);
		if (lease.isEmpty()) {
			return Optional.empty();
		}
		T result = run(lease.get(), options, callback);
		return Optional
			.of(Objects.requireNonNull(result, "The code under the lock returned null; have it return a value"));
	}

	private <T, E extends Exception> T run(GuardedLease lease, LockOptions options, LockCallback<T, E> callback)
			throws E {
		try (GuardedRun run = new GuardedRun(lease, options.onLoss());
				HeldScopes.Scope scope = this.scopes.enter(lease)) {
			T result = lease.within(callback);
			run.completed();
			return result;
		}
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(String key, LockOptions options,
			Function<Lease, ? extends CompletionStage<T>> callback) {
		return AsyncRun.start(acquireAsync(key, options), options.onLoss(), callback,
				(task) -> this.scheduler.execute(options.leaseDuration().toNanos(), task));
	}

	@Override
	public LockStatus status(String key) {
		LockKey lockKey = new LockKey(key);
		return ask(lockKey, () -> this.client.read(lockKey)).map(LockStatus::of)
			.orElseGet(() -> LockStatus.free(lockKey));
	}

	@Override
	public Stream<LockStatus> list() {
		return this.table.scan(Optional.empty(), this.exceptions::of).map(LockStatus::of);
	}

	/**
	 * The same as {@link #list()}, from behind a lock on: for one page after another.
	 * @param key where the page before ended; whether it is still held does not matter
	 * @return the locks, in no particular order, which stays the same
	 */
	public Stream<LockStatus> listAfter(String key) {
		return this.table.scan(Optional.of(new LockKey(key)), this.exceptions::of).map(LockStatus::of);
	}

	/**
	 * The locks that are held through this template. Makes no request.
	 * @return the locks, in no particular order
	 */
	public List<HeldLock> held() {
		return this.leases.held();
	}

	/**
	 * Asks DynamoDB about the table, without preparing it: one request.
	 * @param timeout how long to wait for the answer
	 * @return what it says
	 * @throws LockTableException if there is no answer, the table does not exist and will
	 * not be created, or it cannot hold locks
	 */
	public TableState describeTable(Duration timeout) {
		Arguments.positive("timeout", timeout);
		try {
			TableSight sight = this.table.look(timeout);
			return new TableState(this.tableOptions.table(), sight.region(), sight.status(), sight.isUsable());
		}
		catch (TableFailureException ex) {
			throw this.exceptions.of(ex.failure());
		}
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
	 * Ends all waiting with an exception and takes no more locks; those that are held
	 * stay so, and are renewed, until they are released. For an application that lets its
	 * work end before it calls {@link #close()}.
	 * @return completes when no lock is held, or being released, any more; permanent
	 * locks, and those that were released but are to be held a little longer, do not
	 * count
	 */
	public CompletableFuture<Void> drain() {
		return this.client.drain();
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
		return "DistributedLockTemplate[name=" + this.name + ", table=" + this.tableOptions.table() + ", owner="
				+ Printable.of(this.owner) + "]";
	}

	/**
	 * Builds {@link DistributedLockTemplate}s. Not thread-safe.
	 */
	public static final class Builder {

		private final DynamoDbClient client;

		private final List<LockListener> listeners = new ArrayList<>();

		private TableOptions tableOptions = TableOptions.withDefaults();

		private LockOptions options = LockOptions.withDefaults();

		private String name = DEFAULT_NAME;

		private String owner = ProcessOwner.describe("java");

		private Duration closeTimeout = Duration.ofSeconds(10);

		private int requestThreads = 8;

		private int handOffMaxCount = DEFAULT_HAND_OFF_MAX_COUNT;

		private Duration handOffMaxDuration = DEFAULT_HAND_OFF_MAX_DURATION;

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
		 * What the template is called among others, for people and metrics. Defaults to
		 * {@value DistributedLockTemplate#DEFAULT_NAME}.
		 * @param name 1 to 64 characters
		 */
		public Builder name(String name) {
			Arguments.check(!name.isBlank() && name.length() <= 64, "name", name, "use 1 to 64 characters");
			this.name = name;
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
		 * there is work. Each renews about 40 leases a second when a request takes 25
		 * milliseconds. Defaults to 8.
		 * @param requestThreads at least 1
		 */
		public Builder requestThreads(int requestThreads) {
			Arguments.check(requestThreads >= 1, "requestThreads", requestThreads, "use at least 1");
			this.requestThreads = requestThreads;
			return this;
		}

		/**
		 * How often a lock is handed on among the callers of this process before it is
		 * really released, so that other processes get their turn. Defaults to 65,535.
		 * @param handOffMaxCount 0 for never, at most 65,535
		 */
		public Builder handOffMaxCount(int handOffMaxCount) {
			Arguments.check(handOffMaxCount >= 0 && handOffMaxCount <= DEFAULT_HAND_OFF_MAX_COUNT, "handOffMaxCount",
					handOffMaxCount, "use 0 to hand nothing on, or up to " + DEFAULT_HAND_OFF_MAX_COUNT);
			this.handOffMaxCount = handOffMaxCount;
			return this;
		}

		/**
		 * For how long, at most, a lock is handed on among the callers of this process
		 * before it is really released, so that other processes get their turn. It is a
		 * sixteenth of that at first, and four times as long each time that no other
		 * process has taken the lock when it was offered. Defaults to 3.2 seconds.
		 * @param handOffMaxDuration zero or positive
		 */
		public Builder handOffMaxDuration(Duration handOffMaxDuration) {
			this.handOffMaxDuration = Arguments.notNegative("handOffMaxDuration", handOffMaxDuration);
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
