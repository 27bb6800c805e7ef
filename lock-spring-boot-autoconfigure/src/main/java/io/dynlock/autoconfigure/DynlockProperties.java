package io.dynlock.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.dynlock.LeaseMode;
import io.dynlock.LossPolicy;
import io.dynlock.ReleaseMode;
import io.dynlock.TableCreation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Distributed locks on DynamoDB.
 *
 * @param enabled Whether to configure distributed locks.
 * @param region AWS region of the lock table. What the environment says by default.
 * @param endpoint Endpoint of DynamoDB, for DynamoDB Local or a private endpoint. That of
 * the region by default.
 * @param table Name or ARN of the table that holds the locks.
 * @param owner Who holds the locks, for people. Application name, host, process id and a
 * random suffix by default.
 * @param waitTimeout How long to wait for a lock that is held; 0 for not at all, negative
 * for no limit. 60 seconds by default, or no limit if max-retries is set.
 * @param maxRetries How many attempts may follow the first. No limit by default.
 * @param sleepBetweenRetries First pause between two attempts; pauses grow from there,
 * and vary at random.
 * @param maxSleepBetweenRetries Longest pause between two attempts.
 * @param lease How locks are held.
 * @param handOff How a lock is handed on inside this process.
 * @param releaseMode What a release does with the lock's item. 'delete' shares a table
 * with the Go package go-commons/lock, but rests the order of fencing tokens on clocks.
 * @param retention How long the item of a released lock is kept at least; 0 for ever.
 * @param requestTimeout How long one request may take, the AWS SDK's retries included.
 * @param requestThreads How many background threads renew and release locks, at most.
 * @param closeTimeout How long the shutdown waits for held locks to be released.
 * @param tableCreation What is done about the table before its first use.
 * @param aspect The annotation.
 * @param metrics The meters.
 * @param embedded DynamoDB Local inside the application, for development and tests.
 */
@ConfigurationProperties("dynlock")
public record DynlockProperties(@DefaultValue("true") boolean enabled, @Nullable String region, @Nullable URI endpoint,
		@DefaultValue("dynlock") String table, @Nullable String owner, @Nullable Duration waitTimeout,
		@Nullable Integer maxRetries, @DefaultValue("50ms") Duration sleepBetweenRetries,
		@DefaultValue("2s") Duration maxSleepBetweenRetries, @DefaultValue LeaseProperties lease,
		@DefaultValue HandOffProperties handOff, @DefaultValue("retain") ReleaseMode releaseMode,
		@DefaultValue("7d") Duration retention, @DefaultValue("5s") Duration requestTimeout,
		@DefaultValue("8") int requestThreads, @DefaultValue("10s") Duration closeTimeout,
		@DefaultValue TableCreationProperties tableCreation, @DefaultValue AspectProperties aspect,
		@DefaultValue MetricsProperties metrics, @DefaultValue EmbeddedProperties embedded) {

	/**
	 * How locks are held.
	 *
	 * @param duration How long a lease lasts without renewal, and so how soon others get
	 * the lock of a process that died.
	 * @param mode How long a lock is held when nobody releases it.
	 * @param minHold How long a lock stays held at least, even if it is released sooner.
	 * @param onLoss What happens when a lease is lost while the guarded code runs.
	 */
	public record LeaseProperties(@DefaultValue("30s") Duration duration, @DefaultValue("renewed") LeaseMode mode,
			@DefaultValue("0s") Duration minHold, @DefaultValue("throw") LossPolicy onLoss) {

	}

	/**
	 * How a lock is handed on inside this process.
	 *
	 * @param maxCount How often a lock is handed on among the threads of this process
	 * before it is really released; 0 for never.
	 * @param maxDuration For how long, at most, a lock is handed on among the threads of
	 * this process before other processes get their turn.
	 */
	public record HandOffProperties(@DefaultValue("65535") int maxCount, @DefaultValue("3200ms") Duration maxDuration) {

	}

	/**
	 * What is done about the table.
	 *
	 * @param mode Whether the table is created when missing, only verified, or used as it
	 * is.
	 * @param tags Tags of a table that is created. None by default.
	 * @param deletionProtection Whether a table that is created is protected from
	 * deletion.
	 * @param timeToLive Whether a table that is created removes items that have been free
	 * for longer than the retention.
	 * @param activeTimeout How long to wait for the table to become ACTIVE.
	 */
	public record TableCreationProperties(@DefaultValue("create") TableCreation mode,
			@DefaultValue Map<String, String> tags, @DefaultValue("false") boolean deletionProtection,
			@DefaultValue("true") boolean timeToLive, @DefaultValue("60s") Duration activeTimeout) {

	}

	/**
	 * The annotation.
	 *
	 * @param enabled Whether methods annotated with WithDistributedLock are locked.
	 * @param order Place of the lock among other aspects; lower is further out.
	 * Transactions are at 2147483647 by default.
	 */
	public record AspectProperties(@DefaultValue("true") boolean enabled, @DefaultValue("2147483547") int order) {

	}

	/**
	 * The meters.
	 *
	 * @param enabled Whether locks are measured when there is a meter registry.
	 */
	public record MetricsProperties(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * DynamoDB Local inside the application.
	 *
	 * @param enabled Whether to start DynamoDB Local inside the application, for
	 * development and tests.
	 * @param port Port to listen on, on the loopback address; 0 for any free one.
	 * @param reuse Whether to use a DynamoDB Local that already listens on the port, such
	 * as that of another instance of the application.
	 */
	public record EmbeddedProperties(@DefaultValue("false") boolean enabled, @DefaultValue("0") int port,
			@DefaultValue("false") boolean reuse) {

	}

}
