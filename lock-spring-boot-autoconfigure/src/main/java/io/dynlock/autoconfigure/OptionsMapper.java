package io.dynlock.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns the properties of a client into options. What the options refuse is reported with
 * the name of the property and the value as it was written.
 */
final class OptionsMapper {

	private final ClientSettings settings;

	private final DynlockClientProperties properties;

	OptionsMapper(ClientSettings settings) {
		this.settings = settings;
		this.properties = settings.properties();
	}

	LockOptions.Builder lockOptions() {
		LockOptions.Builder options = LockOptions.builder();
		map("wait-timeout", this.properties.waitTimeout(), (timeout) -> waitTimeout(options, timeout));
		map("max-retries", this.properties.maxRetries(), options::maxRetries);
		map("sleep-between-retries", this.properties.sleepBetweenRetries(), options::sleepBetweenRetries);
		map("max-sleep-between-retries", this.properties.maxSleepBetweenRetries(), options::maxSleepBetweenRetries);
		map("lease.duration", this.properties.lease().duration(), options::leaseDuration);
		map("lease.mode", this.properties.lease().mode(), options::leaseMode);
		map("lease.min-hold", this.properties.lease().minHold(), options::minHold);
		map("lease.on-loss", this.properties.lease().onLoss(), options::onLoss);
		return options;
	}

	private static void waitTimeout(LockOptions.Builder options, Duration timeout) {
		if (timeout.isNegative()) {
			options.waitForever();
		}
		else {
			options.waitTimeout(timeout);
		}
	}

	TableOptions.Builder tableOptions() {
		TableOptions.Builder options = TableOptions.builder();
		map("table", this.properties.table(), options::table);
		map("release-mode", this.properties.releaseMode(), options::releaseMode);
		map("retention", this.properties.retention(), options::retention);
		map("request-timeout", this.properties.requestTimeout(), options::requestTimeout);
		map("table-creation.mode", this.properties.tableCreation().mode(), options::creation);
		map("table-creation.tags", this.properties.tableCreation().tags(), options::tags);
		map("table-creation.deletion-protection", this.properties.tableCreation().deletionProtection(),
				options::deletionProtection);
		map("table-creation.time-to-live", this.properties.tableCreation().timeToLive(), options::timeToLive);
		map("table-creation.active-timeout", this.properties.tableCreation().activeTimeout(), options::activeTimeout);
		return options;
	}

	void configure(DistributedLockTemplate.Builder template) {
		map("close-timeout", this.properties.closeTimeout(), template::closeTimeout);
		map("request-threads", this.properties.requestThreads(), template::requestThreads);
		map("hand-off.max-count", this.properties.handOff().maxCount(), template::handOffMaxCount);
		map("hand-off.max-duration", this.properties.handOff().maxDuration(), template::handOffMaxDuration);
		map("owner", this.properties.owner(), template::owner);
	}

	void configure(DynamoDbClients.Builder client) {
		map("region", this.properties.region(), client::region);
		map("endpoint", this.properties.endpoint(), client::endpoint);
	}

	private <T> void map(String property, @Nullable T value, Consumer<T> target) {
		if (value != null) {
			apply(this.settings.nameOf(property), value, target);
		}
	}

	/**
	 * Applies a property.
	 * @param property its full name
	 * @param value its value
	 * @param target where it goes
	 */
	static <T> void apply(String property, T value, Consumer<T> target) {
		try {
			target.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(property, value, String.valueOf(ex.getMessage()));
		}
	}

}
