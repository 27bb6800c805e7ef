package io.dynlock.benchmarks.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.dynamodb2.DynamoDBLockProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * ShedLock, which never waits and does not renew.
 */
final class ShedLockDriver extends PollingDriver {

	private final DynamoDbClient client;

	private final DynamoDBLockProvider provider;

	private final Duration lease;

	ShedLockDriver(Clients clients, DriverSettings settings) {
		super(settings.pause());
		this.client = clients.sync();
		this.provider = new DynamoDBLockProvider(this.client, settings.table());
		this.lease = settings.lease();
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		Optional<SimpleLock> lock = this.provider
			.lock(new LockConfiguration(Instant.now(), key, this.lease, Duration.ZERO));
		return lock.map((held) -> held::unlock);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
