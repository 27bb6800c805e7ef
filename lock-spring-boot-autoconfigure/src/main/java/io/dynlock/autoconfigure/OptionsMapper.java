package io.dynlock.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;

import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns properties into options. What the options refuse is reported with the name of the
 * property and the value as it was written.
 */
final class OptionsMapper {

	private OptionsMapper() {
	}

	static LockOptions lockOptions(DynlockProperties properties) {
		LockOptions.Builder options = LockOptions.builder();
		map("wait-timeout", properties.waitTimeout(), (timeout) -> waitTimeout(options, timeout));
		map("max-retries", properties.maxRetries(), options::maxRetries);
		map("sleep-between-retries", properties.sleepBetweenRetries(), options::sleepBetweenRetries);
		map("max-sleep-between-retries", properties.maxSleepBetweenRetries(), options::maxSleepBetweenRetries);
		map("lease.duration", properties.lease().duration(), options::leaseDuration);
		map("lease.mode", properties.lease().mode(), options::leaseMode);
		map("lease.min-hold", properties.lease().minHold(), options::minHold);
		map("lease.on-loss", properties.lease().onLoss(), options::onLoss);
		return options.build();
	}

	private static void waitTimeout(LockOptions.Builder options, Duration timeout) {
		if (timeout.isNegative()) {
			options.waitForever();
		}
		else {
			options.waitTimeout(timeout);
		}
	}

	static TableOptions tableOptions(DynlockProperties properties) {
		TableOptions.Builder options = TableOptions.builder();
		map("table", properties.table(), options::table);
		map("release-mode", properties.releaseMode(), options::releaseMode);
		map("retention", properties.retention(), options::retention);
		map("request-timeout", properties.requestTimeout(), options::requestTimeout);
		map("table-creation.mode", properties.tableCreation().mode(), options::creation);
		map("table-creation.tags", properties.tableCreation().tags(), options::tags);
		map("table-creation.deletion-protection", properties.tableCreation().deletionProtection(),
				options::deletionProtection);
		map("table-creation.time-to-live", properties.tableCreation().timeToLive(), options::timeToLive);
		map("table-creation.active-timeout", properties.tableCreation().activeTimeout(), options::activeTimeout);
		return options.build();
	}

	/**
	 * Applies a property, if it is set.
	 * @param property its name, without the prefix
	 * @param value its value
	 * @param target where it goes
	 */
	static <T> void map(String property, @Nullable T value, Consumer<T> target) {
		if (value != null) {
			apply("dynlock." + property, value, target);
		}
	}

	/**
	 * Applies a property of any prefix.
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
