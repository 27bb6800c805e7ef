package io.dynlock.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.amazonaws.services.dynamodbv2.model.LockCurrentlyUnavailableException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Amazon's DynamoDB Lock Client, with its heartbeat thread.
 */
final class AwsLockClientDriver implements LockDriver {

	private final DynamoDbClient client;

	private final AmazonDynamoDBLockClient locks;

	private final DriverSettings settings;

	AwsLockClientDriver(Clients clients, DriverSettings settings) {
		this.settings = settings;
		this.client = clients.sync();
		this.locks = new AmazonDynamoDBLockClient(AmazonDynamoDBLockClientOptions.builder(this.client, settings.table())
			.withTimeUnit(TimeUnit.MILLISECONDS)
			.withLeaseDuration(settings.lease().toMillis())
			.withHeartbeatPeriod(settings.lease().toMillis() / 3)
			.withCreateHeartbeatBackgroundThread(true)
			.build());
	}

	@Override
	public Held acquire(String key) throws InterruptedException {
		return new Item(this.locks.acquireLock(options(key, false)));
	}

	@Override
	public Optional<Held> tryAcquire(String key) throws InterruptedException {
		try {
			return this.locks.tryAcquireLock(options(key, true)).map(Item::new);
		}
		catch (LockCurrentlyUnavailableException ex) {
			return Optional.empty();
		}
	}

	private AcquireLockOptions options(String key, boolean skipWait) {
		return AcquireLockOptions.builder(key)
			.withTimeUnit(TimeUnit.MILLISECONDS)
			.withRefreshPeriod(this.settings.pause().toMillis())
			.withAdditionalTimeToWaitForLock(DriverSettings.PATIENCE.toMillis())
			.withShouldSkipBlockingWait(skipWait)
			.build();
	}

	@Override
	public void close() {
		try {
			this.locks.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.client.close();
		}
	}

	private record Item(LockItem item) implements Held {

		@Override
		public void release() {
			this.item.close();
		}

		/** The item's own reckoning: from when it was last written, monotonically. */
		@Override
		public Optional<Duration> remaining() {
			long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - this.item.getLookupTime();
			return Optional.of(Duration.ofMillis(Math.max(0, this.item.getLeaseDuration() - age)));
		}

	}

}
