package io.dynlock.benchmarks.driver;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * dynlock with its defaults, but for the lease and the first pause.
 */
final class DynlockDriver implements LockDriver {

	private final DynamoDbClient client;

	private final DistributedLockTemplate locks;

	DynlockDriver(Clients clients, DriverSettings settings) {
		this.client = clients.sync();
		this.locks = DistributedLockTemplate.builder(this.client)
			.table(settings.table())
			.options(LockOptions.builder()
				.leaseDuration(settings.lease())
				.sleepBetweenRetries(settings.pause())
				.maxSleepBetweenRetries(settings.longestPause())
				.waitTimeout(DriverSettings.PATIENCE)
				.build())
			.build();
	}

	@Override
	public Held acquire(String key) {
		return new HeldLease(this.locks.acquire(key));
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		return this.locks.tryAcquire(key).map(HeldLease::new);
	}

	@Override
	public void close() {
		this.locks.close();
		this.client.close();
	}

	private record HeldLease(Lease lease) implements Held {

		@Override
		public void release() {
			this.lease.release();
		}

		@Override
		public Optional<Duration> remaining() {
			return Optional.of(this.lease.remaining());
		}

	}

}
