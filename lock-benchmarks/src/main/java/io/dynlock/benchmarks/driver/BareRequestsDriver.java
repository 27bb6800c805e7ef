package io.dynlock.benchmarks.driver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.dynlock.TableOptions;
import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.table.DynamoDbLockTable;
import io.dynlock.internal.table.TableSettings;
import io.dynlock.internal.time.SystemSleeper;
import io.dynlock.internal.time.TimeSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The requests of dynlock without its protocol: nothing is queued, timed, renewed or told
 * to anybody. Shows which part of its latency is the table's.
 */
final class BareRequestsDriver extends PollingDriver {

	private final DynamoDbClient client;

	private final DynamoDbLockTable table;

	private final long leaseMillis;

	/**
	 * Opens a client.
	 * @param clients makes the SDK's client
	 * @param settings the table and the pause
	 */
	BareRequestsDriver(Clients clients, DriverSettings settings) {
		super(settings.pause());
		this.client = clients.sync();
		this.leaseMillis = settings.lease().toMillis();
		this.table = new DynamoDbLockTable(this.client,
				new TableSettings(settings.table(), false, false, Map.of(), false, false, Duration.ofSeconds(5), true,
						TableOptions.withDefaults().retention(), TableOptions.withDefaults().requestTimeout()),
				TimeSource.system(), new SystemSleeper(), (operation, answered) -> {
				});
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		LockKey lock = new LockKey(key);
		String leaseId = UUID.randomUUID().toString();
		Answer answer = this.table
			.send(new Request.Acquire(lock, leaseId, "bare", this.leaseMillis, Optional.empty(), Optional.empty()));
		if (answer instanceof Answer.Failed failed) {
			throw new IllegalStateException(failed.failure().message());
		}
		return (answer instanceof Answer.Written)
				? Optional.of(() -> this.table.send(new Request.Release(lock, leaseId))) : Optional.empty();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
