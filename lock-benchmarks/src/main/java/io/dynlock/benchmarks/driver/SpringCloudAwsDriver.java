package io.dynlock.benchmarks.driver;

import java.util.Optional;
import java.util.concurrent.locks.Lock;

import io.awspring.cloud.dynamodb.DynamoDbLockRegistry;
import io.awspring.cloud.dynamodb.DynamoDbLockRepository;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The lock registry of Spring Cloud AWS, without an application context. It takes the
 * SDK's asynchronous client only, and does not renew by itself.
 */
final class SpringCloudAwsDriver implements LockDriver {

	private final DynamoDbAsyncClient client;

	private final DynamoDbLockRepository repository;

	private final DynamoDbLockRegistry registry;

	SpringCloudAwsDriver(Clients clients, DriverSettings settings) {
		this.client = clients.async();
		this.repository = new DynamoDbLockRepository(this.client, settings.table());
		this.repository.afterPropertiesSet();
		this.registry = new DynamoDbLockRegistry(this.repository);
		this.registry.setIdleBetweenTries(settings.pause());
		this.registry.setTimeToLive(settings.lease());
	}

	@Override
	public Held acquire(String key) {
		Lock lock = this.registry.obtain(key);
		lock.lock();
		return lock::unlock;
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		Lock lock = this.registry.obtain(key);
		return lock.tryLock() ? Optional.of(lock::unlock) : Optional.empty();
	}

	@Override
	public void close() {
		this.repository.close();
		this.client.close();
	}

}
