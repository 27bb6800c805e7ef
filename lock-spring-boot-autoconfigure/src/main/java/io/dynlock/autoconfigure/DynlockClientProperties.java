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
 * What can be said of each client: of the default one directly under {@code dynlock}, of
 * others under {@code dynlock.clients} and their name. What is not said of those is what
 * is said of the default one.
 *
 * @param region AWS region of the lock table. What the environment says by default.
 * @param endpoint Endpoint of DynamoDB, for DynamoDB Local or a private endpoint. That of
 * the region by default.
 * @param credentials Who signs the requests.
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
 */
@ConfigurationProperties("dynlock")
public record DynlockClientProperties(@Nullable String region, @Nullable URI endpoint,
		@DefaultValue CredentialsProperties credentials, @DefaultValue("dynlock") String table, @Nullable String owner,
		@Nullable Duration waitTimeout, @Nullable Integer maxRetries,
		@DefaultValue("50ms") Duration sleepBetweenRetries, @DefaultValue("2s") Duration maxSleepBetweenRetries,
		@DefaultValue LeaseProperties lease, @DefaultValue HandOffProperties handOff,
		@DefaultValue("retain") ReleaseMode releaseMode, @DefaultValue("7d") Duration retention,
		@DefaultValue("5s") Duration requestTimeout, @DefaultValue("8") int requestThreads,
		@DefaultValue("10s") Duration closeTimeout, @DefaultValue TableCreationProperties tableCreation) {

	/**
	 * Who signs the requests. Inherited as a whole, since a key of one and a secret of
	 * another never fit.
	 *
	 * @param accessKey Access key of the AWS account. What the environment says by
	 * default.
	 * @param secretKey Secret key that belongs to the access key. What the environment
	 * says by default.
	 * @param sessionToken Session token of temporary credentials. None by default.
	 * @param profile Profile of the AWS configuration files whose credentials are used.
	 * What the environment says by default.
	 */
	public record CredentialsProperties(@Nullable String accessKey, @Nullable String secretKey,
			@Nullable String sessionToken, @Nullable String profile) {

		/** Without the secrets. */
		@Override
		public String toString() {
			return "CredentialsProperties[]";
		}

	}

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

}
