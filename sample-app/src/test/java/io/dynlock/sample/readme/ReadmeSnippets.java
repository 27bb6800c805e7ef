package io.dynlock.sample.readme;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.Lease;
import io.dynlock.MultiLease;
import io.dynlock.MultiLock;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.autoconfigure.DynlockConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The code that the README shows, compiled.
 */
class ReadmeSnippets {

	private final Deployments deployments;

	private final Reports reports;

	private final Alarm alarm;

	private final DistributedLockTemplate locks;

	private final DistributedLockTemplate euLocks;

	private final DistributedLockTemplate usLocks;

	ReadmeSnippets(Deployments deployments, Reports reports, Alarm alarm, DistributedLockTemplate locks,
			DistributedLockTemplate euLocks, DistributedLockTemplate usLocks) {
		this.deployments = deployments;
		this.reports = reports;
		this.alarm = alarm;
		this.locks = locks;
		this.euLocks = euLocks;
		this.usLocks = usLocks;
	}

	@WithDistributedLock(name = "deployment", key = "#environment")
	public Receipt deploy(String environment) {
		return this.deployments.deploy(environment);
	}

	@Scheduled(cron = "0 0 3 * * *")
	@WithDistributedLock(name = "nightly-report", onBusy = OnBusy.SKIP, minHold = "1m")
	public void report() {
		this.reports.write(LockContext.current().fencingToken());
	}

	@WithDistributedLock(name = "account", keys = { "#from", "#to" }, waitTimeout = "${transfer.wait:10s}")
	public void transfer(String from, String to, @Nullable MultiLease leases) {
		this.reports.write(Objects.requireNonNull(leases).fencingToken("account:" + from));
	}

	Receipt execute() {
		Receipt receipt = this.locks.execute("deployment:prod", (lease) -> deploy("prod", lease.fencingToken()));
		return receipt;
	}

	Optional<Receipt> tryExecute() {
		Optional<Receipt> receipt = this.locks.tryExecute("deployment:prod", Duration.ZERO,
				(lease) -> deploy("prod", lease.fencingToken()));
		return receipt;
	}

	void acquire() {
		try (Lease lease = this.locks.acquire("deployment:prod")) {
			lease.onLost((reason) -> this.alarm.raise("Deployment interrupted: " + reason));
			deploy("prod", lease.fencingToken());
			lease.ensureValid();
		}
	}

	void transferUnderBothLocks(String from, String to) {
		MultiLock.of(this.locks, "account:" + from, "account:" + to)
			.executeWithoutResult((leases) -> transfer(from, to));
	}

	void publishInBothRegions() {
		MultiLock lock = MultiLock.builder()
			.add(this.euLocks, "domain:example")
			.add(this.usLocks, "domain:example")
			.build();
		try (MultiLease leases = lock.acquire()) {
			publish(leases.lease(this.euLocks, "domain:example").fencingToken());
		}
	}

	private void transfer(String from, String to) {
		this.reports.write(from.length() + to.length());
	}

	private void publish(long fencingToken) {
		this.reports.write(fencingToken);
	}

	private Receipt deploy(String environment, long fencingToken) {
		return new Receipt(environment, fencingToken);
	}

	public static void main(String[] args) {
		try (DynamoDbClient client = DynamoDbClients.create();
				DistributedLockTemplate locks = DistributedLockTemplate.builder(client).table("my-locks").build()) {
			String done = locks.execute("order:4711", (lease) -> "shipped under token " + lease.fencingToken());
			System.out.println(done);
		}
	}

	record Receipt(String environment, long fencingToken) {

	}

	interface Deployments {

		Receipt deploy(String environment);

	}

	interface Reports {

		void write(long fencingToken);

	}

	interface Alarm {

		void raise(String text);

	}

	static class NightlyReports {

		final DistributedLockTemplate locks;

		final DistributedLockTemplate locksOfUs;

		NightlyReports(DistributedLockTemplate locks, @Qualifier("us") DistributedLockTemplate locksOfUs) {
			this.locks = locks;
			this.locksOfUs = locksOfUs;
		}

	}

	/** Compiled only: it needs Docker to run. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Containers {

		@Bean(initMethod = "start", destroyMethod = "stop")
		GenericContainer<?> dynamoDb() {
			return new GenericContainer<>("amazon/dynamodb-local:3.3.1").withExposedPorts(8000);
		}

		@Bean
		DynlockConnectionDetails lockTables(GenericContainer<?> dynamoDb) {
			return new DynlockConnectionDetails() {

				@Override
				public Optional<URI> endpoint() {
					return Optional.of(URI.create("http://" + dynamoDb.getHost() + ":" + dynamoDb.getMappedPort(8000)));
				}

				@Override
				public Optional<String> region() {
					return Optional.of("us-east-1");
				}

				@Override
				public Optional<AwsCredentialsProvider> credentials() {
					return Optional.of(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
				}

			};
		}

	}

}
