package io.dynlock;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What the library promises its users, whatever server stands behind it. Subclasses say
 * which.
 */
abstract class LockContractTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	@RegisterExtension
	final LockBed bed = new LockBed(this::endpoint);

	/** Where the server listens. */
	abstract URI endpoint();

	/** Whether the server knows a table's time to live. */
	boolean supportsTimeToLive() {
		return true;
	}

	/** How often a lock is taken where the number of requests must not grow with it. */
	int manyTimes() {
		return 1000;
	}

	static Stream<Mode> modes() {
		return Stream.of(ReleaseMode.values())
			.flatMap((release) -> Stream.of(LeaseMode.values()).map((lease) -> new Mode(release, lease)));
	}

	LockBed bed() {
		return this.bed;
	}

	private Node node(Mode mode) {
		return this.bed
			.node((builder) -> builder.tableOptions(this.bed.tableOptions().releaseMode(mode.release).build())
				.options(LockBed.QUICK.toBuilder().leaseMode(mode.lease).build()));
	}

	/** How the locks are held and given back. */
	record Mode(ReleaseMode release, LeaseMode lease) {

	}

	@Nested
	class TheTable {

		@Test
		void isCreatedOnDemandWithTheKeyThatTheGoPackageUses() {
			Node node = bed().node();

			node.locks().acquire("deployment").release();

			assertThat(bed().raw().isActive()).isTrue();
			assertThat(bed().raw().describe().billingModeSummary().billingMode())
				.isEqualTo(BillingMode.PAY_PER_REQUEST);
			assertThat(bed().raw().describe().keySchema()).singleElement().satisfies((key) -> {
				assertThat(key.attributeName()).isEqualTo("LockID");
				assertThat(key.keyType()).isEqualTo(KeyType.HASH);
			});
		}

		@Test
		void removesOldItemsByItself() {
			Node node = bed().node();

			node.locks().acquire("deployment").release();

			if (supportsTimeToLive()) {
				TimeToLiveDescription timeToLive = bed().raw()
					.client()
					.describeTimeToLive((request) -> request.tableName(bed().table()))
					.timeToLiveDescription();
				assertThat(timeToLive.timeToLiveStatus()).isIn(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);
				assertThat(timeToLive.attributeName()).isEqualTo("expiresAt");
			}
			long expiresAt = Long.parseLong(bed().raw().item("deployment").get("expiresAt").n());
			assertThat(Instant.ofEpochSecond(expiresAt)).isCloseTo(Instant.now().plus(Duration.ofDays(7)),
					within(Duration.ofMinutes(5)));
		}

		@Test
		void keepsNoDateOfRemovalWhileTheLockIsHeld() {
			Node node = bed().node();
			node.locks().acquire("deployment").release();

			Lease lease = node.locks().acquire("deployment");

			assertThat(bed().raw().item("deployment")).doesNotContainKey("expiresAt");
			lease.release();
		}

		@Test
		void isCreatedOnceByManyProcessesThatStartTogether() throws Exception {
			List<Node> nodes = IntStream.range(0, 4).mapToObj((i) -> bed().node()).toList();
			ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
			try {
				List<Callable<Long>> work = nodes.stream()
					.<Callable<Long>>map(
							(node) -> () -> node.locks().execute("deployment", (lease) -> lease.fencingToken()))
					.toList();

				List<Future<Long>> tokens = threads.invokeAll(work);

				assertThat(tokens).extracting(Future::get).doesNotHaveDuplicates().hasSize(nodes.size());
			}
			finally {
				threads.shutdownNow();
			}
		}

		@Test
		void isAwaitedUntilItIsActive() {
			Node node = bed().node();
			node.wire()
				.next(3, Sent.operation("DescribeTable"),
						Wire.Fault.answered((body) -> body.replace("ACTIVE", "CREATING")));

			node.locks().acquire("deployment").release();

			assertThat(node.wire().count(Sent.operation("DescribeTable"))).isGreaterThan(3);
		}

		@Test
		void isUsedWhileItIsUpdating() {
			bed().raw().create();
			Node node = bed().node();
			node.wire()
				.always(Sent.operation("DescribeTable"),
						Wire.Fault.answered((body) -> body.replace("ACTIVE", "UPDATING")));

			node.locks().acquire("deployment").release();

			assertThat(node.wire().count(Sent.operation("DescribeTable"))).isOne();
		}

		@Test
		void isCreatedAgainWhenItVanishes() {
			Node node = bed().node();
			node.locks().acquire("deployment").release();
			bed().raw().drop();

			Lease lease = node.locks().acquire("deployment");

			assertThat(lease.isValid()).isTrue();
			assertThat(bed().raw().isActive()).isTrue();
			lease.release();
		}

		@Test
		void isLookedAtOnceHoweverOftenItIsUsed() {
			Node node = bed().node();
			node.locks().acquire("deployment").release();
			node.wire().reset();

			for (int i = 0; i < manyTimes(); i++) {
				node.locks().acquire("deployment").release();
			}

			assertThat(node.wire().count(Sent.operation("DescribeTable"))).isZero();
			assertThat(node.wire().sent()).hasSize(2 * manyTimes());
		}

		@Test
		void isReportedWhenItDoesNotBecomeActive() {
			Node node = bed().node((builder) -> builder
				.tableOptions(bed().tableOptions().activeTimeout(Duration.ofMillis(300)).build()));
			bed().raw().create();
			node.wire()
				.always(Sent.operation("DescribeTable"),
						Wire.Fault.answered((body) -> body.replace("ACTIVE", "CREATING")));

			assertThatExceptionOfType(TableNotActiveException.class)
				.isThrownBy(() -> node.locks().acquire("deployment"))
				.withMessageContaining(bed().table())
				.withMessageContaining("PT0.3S")
				.withMessageContaining("CREATING")
				.satisfies((ex) -> {
					assertThat(ex.table()).isEqualTo(bed().table());
					assertThat(ex.lastStatus()).isEqualTo("CREATING");
					assertThat(ex.isOutcomeUnknown()).isFalse();
				});
			assertThat(bed().raw().item("deployment")).isEmpty();
		}

	}

	@Nested
	class ALock {

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void excludesOthersUntilItIsReleased(Mode mode) {
			Node mine = node(mode);
			Node other = node(mode);

			Lease lease = mine.locks().acquire("deployment");

			assertThat(lease.isValid()).isTrue();
			assertThat(other.locks().tryAcquire("deployment")).isEmpty();
			assertThat(lease.release()).isTrue();
			assertThat(lease.isValid()).isFalse();
			assertThat(other.locks().tryAcquire("deployment"))
				.hasValueSatisfying((next) -> assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken()));
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void isAwaited(Mode mode) {
			Node mine = node(mode);
			Node other = node(mode);
			Lease lease = mine.locks().acquire("deployment");
			Background<Lease> waiting = Background.start(() -> other.locks().acquire("deployment"));
			await().until(() -> other.wire().count(Sent.READ) > 1);

			lease.release();

			assertThat(waiting.get().isValid()).isTrue();
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void isReleasedOnce(Mode mode) {
			Node mine = node(mode);
			Node other = node(mode);
			Lease lease = mine.locks().acquire("deployment");
			lease.release();
			Lease next = other.locks().acquire("deployment");

			assertThat(lease.release()).isFalse();

			lease.close();
			assertThat(next.isValid()).isTrue();
			assertThat(mine.locks().status("deployment").isHeld()).isTrue();
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void isReleasedByNameFromAnotherProcess(Mode mode) {
			Node mine = node(mode);
			Node other = node(mode);
			mine.locks().acquire("deployment");

			Optional<LockStatus> released = other.locks().forceRelease("deployment");

			assertThat(released)
				.hasValueSatisfying((status) -> assertThat(status.owner()).contains(mine.locks().owner()));
			assertThat(other.locks().forceRelease("deployment")).isEmpty();
			assertThat(other.locks().tryAcquire("deployment")).isPresent();
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void isReleasedByNameOnlyAsItWasSeen(Mode mode) {
			Node mine = node(mode);
			Node other = node(mode);
			Lease lease = mine.locks().acquire("deployment");
			LockStatus seen = other.locks().status("deployment");
			lease.release();
			Lease next = mine.locks().acquire("deployment");

			assertThat(other.locks().forceRelease(seen)).isFalse();

			assertThat(mine.locks().status("deployment").isHeld()).isTrue();
			assertThat(other.locks().forceRelease(other.locks().status("deployment"))).isTrue();
			assertThat(mine.locks().status("deployment").isHeld()).isFalse();
			assertThat(next.release()).isIn(true, false);
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void tellsItsStatus(Mode mode) {
			Node mine = node(mode);
			Node other = node(mode);
			LockStatus before = other.locks().status("deployment");
			Instant acquired = Instant.now();
			Lease lease = mine.locks()
				.acquire("deployment", mine.locks().options().toBuilder().note("release 42").build());

			LockStatus held = other.locks().status("deployment");
			lease.release();
			LockStatus after = other.locks().status("deployment");

			assertThat(before.isHeld()).isFalse();
			assertThat(before.version()).isEmpty();
			assertThat(held.isHeld()).isTrue();
			assertThat(held.key()).isEqualTo("deployment");
			assertThat(held.owner()).contains(mine.locks().owner());
			assertThat(held.note()).contains("release 42");
			assertThat(held.leaseId()).isPresent();
			assertThat(held.acquiredAt())
				.hasValueSatisfying((at) -> assertThat(at).isCloseTo(acquired, within(Duration.ofMinutes(1))));
			assertThat(held.leaseDuration()).isEqualTo(
					(mode.lease == LeaseMode.PERMANENT) ? Optional.empty() : Optional.of(Duration.ofSeconds(30)));
			assertThat(held.describeHolder()).contains(mine.locks().owner()).contains("release 42");
			assertThat(after.isHeld()).isFalse();
			assertThat(after.owner()).isEmpty();
			assertThat(after.note()).isEmpty();
			assertThat(after.version().isPresent()).isEqualTo(mode.release == ReleaseMode.RETAIN);
		}

		@ParameterizedTest
		@MethodSource("io.dynlock.LockContractTests#modes")
		void thatItsProcessReleasedByNameMayBeTakenThereAgain(Mode mode) {
			Node mine = node(mode);
			Lease lease = mine.locks().acquire("deployment");

			mine.locks().forceRelease("deployment");

			assertThat(lease.isValid()).isFalse();
			assertThat(mine.locks().tryAcquire("deployment", Duration.ofSeconds(8))).isPresent();
		}

		@Test
		void ofTheModePermanentThatAnotherProcessReleasedByNameMayBeTakenAgain() {
			Node mine = node(new Mode(ReleaseMode.RETAIN, LeaseMode.PERMANENT));
			mine.locks().acquire("deployment");

			bed().node().locks().forceRelease("deployment");

			assertThat(mine.locks().tryAcquire("deployment", Duration.ofSeconds(8))).isPresent();
		}

		@Test
		void ofTheModePermanentOutlivesItsProcess() {
			Node mine = node(new Mode(ReleaseMode.RETAIN, LeaseMode.PERMANENT));
			mine.locks().acquire("deployment");

			mine.locks().close();

			Node other = bed().node();
			assertThat(other.locks().status("deployment").isHeld()).isTrue();
			assertThat(other.locks().status("deployment").leaseDuration()).isEmpty();
			assertThat(other.locks().tryAcquire("deployment")).isEmpty();
			assertThat(other.locks().forceRelease("deployment")).isPresent();
			assertThat(other.locks().tryAcquire("deployment")).isPresent();
		}

		@Test
		void ofAnotherModeEndsWithItsClient() {
			Node mine = bed().node();
			Lease lease = mine.locks().acquire("deployment");

			mine.locks().close();

			assertThat(lease.isValid()).isFalse();
			assertThat(bed().node().locks().tryAcquire("deployment")).isPresent();
		}

		@Test
		void isIndependentOfOtherLocks() {
			Node mine = bed().node();
			Node other = bed().node();
			mine.locks().acquire("deployment:prod");

			assertThat(other.locks().tryAcquire("deployment:test")).isPresent();
			assertThat(other.locks().tryAcquire("deployment:prod")).isEmpty();
		}

		@Test
		void isIndependentOfTheSameLockInAnotherTable() {
			Node mine = bed().node();
			Node other = bed()
				.node((builder) -> builder.tableOptions(TableOptions.builder().table(bed().table() + "-2").build()));
			mine.locks().acquire("deployment");

			assertThat(other.locks().tryAcquire("deployment")).isPresent();
		}

	}

	@Nested
	class AWait {

		@Test
		void endsWithAnExceptionThatSaysWhoHoldsTheLock() {
			Node mine = bed().node((builder) -> builder.owner("deployer@host-1"));
			Node other = bed().node();
			mine.locks().acquire("deployment", LockBed.QUICK.toBuilder().note("release 42").build());
			LockOptions options = LockBed.QUICK.toBuilder().waitTimeout(Duration.ofMillis(150)).build();

			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> other.locks().acquire("deployment", options))
				.withMessageContaining("'deployment'")
				.withMessageContaining("'" + bed().table() + "'")
				.withMessageContaining("deployer@host-1")
				.withMessageContaining("release 42")
				.satisfies((ex) -> {
					assertThat(ex.table()).isEqualTo(bed().table());
					assertThat(ex.key()).isEqualTo("deployment");
					assertThat(ex.waited()).isBetween(Duration.ofMillis(150), LONG);
					assertThat(ex.attempts()).isGreaterThan(1);
					assertThat(ex.getMessage()).contains(ex.attempts() + " attempts")
						.contains(ex.waited().toMillis() + " ms");
					assertThat(ex.holder())
						.hasValueSatisfying((holder) -> assertThat(holder.owner()).contains("deployer@host-1"));
				});
		}

		@Test
		void endsAfterTheGivenNumberOfRetries() {
			Node mine = bed().node();
			Node other = bed().node();
			mine.locks().acquire("deployment");
			LockOptions options = LockOptions.builder()
				.maxRetries(3)
				.sleepBetweenRetries(Duration.ofMillis(10))
				.build();

			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> other.locks().acquire("deployment", options))
				.satisfies((ex) -> assertThat(ex.attempts()).isEqualTo(4));
		}

		@Test
		void isNotMadeByATryWithoutTime() {
			Node mine = bed().node();
			Node other = bed().node();
			mine.locks().acquire("deployment");

			assertThat(other.locks().tryAcquire("deployment")).isEmpty();
			assertThat(other.events().attempts()).containsExactly(LockListener.Outcome.BUSY);
		}

		@Test
		void ofATryEndsEmpty() {
			Node mine = bed().node();
			Node other = bed().node();
			mine.locks().acquire("deployment");

			assertThat(other.locks().tryAcquire("deployment", Duration.ofMillis(100))).isEmpty();
			assertThat(other.locks().tryExecute("deployment", Duration.ZERO, (lease) -> "ran")).isEmpty();
		}

	}

	@Nested
	class AList {

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void showsTheLocksThatAreHeld(ReleaseMode mode) {
			Node node = node(new Mode(mode, LeaseMode.RENEWED));
			node.locks().acquire("free").release();
			node.locks().acquire("held-1");
			node.locks().acquire("held-2");

			try (Stream<LockStatus> locks = node.locks().list()) {
				assertThat(locks.toList()).allSatisfy((status) -> {
					assertThat(status.isHeld()).isTrue();
					assertThat(status.owner()).contains(node.locks().owner());
				}).extracting(LockStatus::key).containsExactlyInAnyOrder("held-1", "held-2");
			}
		}

		@Test
		void goesOverAllPagesConsistently() {
			Node node = bed().node();
			node.locks().acquire("held");
			AttributeValue padding = AttributeValue.fromS("x".repeat(300_000));
			IntStream.range(0, 8)
				.forEach((i) -> bed().raw()
					.put("big-" + i, Map.of("leaseId", AttributeValue.fromS("id-" + i), "version",
							AttributeValue.fromN("7"), "padding", padding)));
			node.wire().reset();

			try (Stream<LockStatus> locks = node.locks().list()) {
				assertThat(locks.toList()).extracting(LockStatus::key)
					.containsExactlyInAnyOrder("held", "big-0", "big-1", "big-2", "big-3", "big-4", "big-5", "big-6",
							"big-7");
			}
			assertThat(node.wire().sent(Sent.operation("Scan"))).hasSizeGreaterThan(1)
				.allSatisfy((scan) -> assertThat(scan.body()).contains("\"ConsistentRead\":true"));
		}

		@Test
		void readsNoFurtherThanItIsConsumed() {
			Node node = bed().node();
			node.locks().acquire("held");
			AttributeValue padding = AttributeValue.fromS("x".repeat(300_000));
			IntStream.range(0, 8)
				.forEach((i) -> bed().raw()
					.put("big-" + i, Map.of("leaseId", AttributeValue.fromS("id-" + i), "version",
							AttributeValue.fromN("7"), "padding", padding)));
			node.wire().reset();

			try (Stream<LockStatus> locks = node.locks().list()) {
				assertThat(locks.findFirst()).isPresent();
			}
			assertThat(node.wire().count(Sent.operation("Scan"))).isOne();
		}

		@Test
		void goesOnBehindAnyOfItsLocks() {
			Node node = bed().node();
			List<String> keys = IntStream.range(0, 5).mapToObj((i) -> "held/" + i).toList();
			keys.forEach((key) -> node.locks().acquire(key));
			List<String> listed = node.locks().list().map(LockStatus::key).toList();

			assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
			for (int i = 0; i < listed.size(); i++) {
				assertThat(node.locks().listAfter(listed.get(i)).map(LockStatus::key))
					.containsExactlyElementsOf(listed.subList(i + 1, listed.size()));
			}
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void goesOnBehindALockThatIsFreeByNow(ReleaseMode mode) {
			Node node = node(new Mode(mode, LeaseMode.RENEWED));
			IntStream.range(0, 5).forEach((i) -> node.locks().acquire("held/" + i));
			List<String> listed = node.locks().list().map(LockStatus::key).toList();
			node.locks().forceRelease(listed.get(2));

			assertThat(node.locks().listAfter(listed.get(2)).map(LockStatus::key))
				.containsExactlyElementsOf(listed.subList(3, 5));
		}

		@Test
		void ofATableThatDoesNotExistYetIsEmpty() {
			Node node = bed().node();

			try (Stream<LockStatus> locks = node.locks().list()) {
				assertThat(locks).isEmpty();
			}
		}

	}

	@Nested
	class TheOptions {

		@Test
		void ofTheTemplateApplyWhereACallGivesNone() {
			LockOptions options = LockBed.QUICK.toBuilder()
				.note("by default")
				.leaseDuration(Duration.ofSeconds(45))
				.build();
			Node node = bed().node((builder) -> builder.options(options));

			node.locks().acquire("deployment");

			assertThat(node.locks().options()).isEqualTo(options);
			assertThat(node.locks().status("deployment").note()).contains("by default");
			assertThat(node.locks().status("deployment").leaseDuration()).contains(Duration.ofSeconds(45));
		}

		@Test
		void ofACallApplyToThatCall() {
			Node node = bed().node();

			Lease lease = node.locks()
				.acquire("deployment",
						node.locks()
							.options()
							.toBuilder()
							.name("deploy")
							.note("this time")
							.leaseDuration(Duration.ofSeconds(50))
							.build());
			node.locks().acquire("another");

			assertThat(lease.name()).isEqualTo("deploy");
			assertThat(lease.remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(50));
			assertThat(node.locks().status("deployment").note()).contains("this time");
			assertThat(node.locks().status("deployment").leaseDuration()).contains(Duration.ofSeconds(50));
			assertThat(node.locks().status("another").note()).isEmpty();
		}

		@Test
		void keepALockHeldForAWhileThoughItIsReleased() {
			Node node = bed().node();
			Node other = bed().node();
			other.locks().status("job");
			LockOptions options = LockBed.QUICK.toBuilder().minHold(Duration.ofMillis(1500)).build();
			long started = System.nanoTime();

			node.locks().execute("job", options, (lease) -> "done");

			assertThat(other.locks().tryAcquire("job")).isEmpty();
			assertThat(other.locks().acquire("job").isValid()).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(1400));
		}

		@Test
		void renewALeaseThatIsInUse() {
			Node node = bed().node();
			Node other = bed().node();
			Lease lease = node.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(900)).build());

			await().until(() -> node.events().renewals().size() >= 4);

			assertThat(lease.isValid()).isTrue();
			assertThat(other.locks().tryAcquire("deployment")).isEmpty();
		}

		@Test
		void letAFixedLeaseEnd() {
			Node node = bed().node();
			Lease lease = node.locks()
				.acquire("deployment",
						LockBed.QUICK.toBuilder()
							.leaseMode(LeaseMode.FIXED)
							.leaseDuration(Duration.ofMillis(500))
							.build());

			await().until(() -> !lease.isValid());

			await().untilAsserted(() -> assertThat(node.events().losses()).containsExactly(new LossReason.Expired()));
			assertThat(lease.remaining()).isZero();
			await().until(() -> !node.locks().status("deployment").isHeld());
		}

	}

	@Nested
	class AClient {

		@Test
		void isMadeFromAnEndpointAlone() {
			try (DynamoDbClient client = DynamoDbClients.builder().endpoint(endpoint()).local().build();
					DistributedLockTemplate locks = DistributedLockTemplate.builder(client)
						.table(bed().table())
						.build()) {
				assertThat(locks.<String, RuntimeException>execute("deployment", (lease) -> "deployed"))
					.isEqualTo("deployed");
			}
		}

		@Test
		void isMadeFromRegionAndCredentials() {
			try (DynamoDbClient client = DynamoDbClients.builder()
				.endpoint(endpoint())
				.region("eu-west-1")
				.credentials(() -> AwsBasicCredentials.create("me", "secret"))
				.build()) {
				assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("eu-west-1");
				assertThat(client.listTables().tableNames()).isInstanceOf(Collection.class);
			}
		}

	}

	@Nested
	class TheGoPackage {

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void excludesUs(ReleaseMode mode) {
			bed().raw().create();
			Node node = node(new Mode(mode, LeaseMode.RENEWED));
			assertThat(bed().raw().acquireLikeGo("deployment")).isTrue();

			assertThat(node.locks().tryAcquire("deployment")).isEmpty();
			assertThatExceptionOfType(LockTimeoutException.class)
				.isThrownBy(() -> node.locks()
					.acquire("deployment", LockBed.QUICK.toBuilder().waitTimeout(Duration.ofMillis(100)).build()))
				.withMessageContaining("as the Go package makes them");
			assertThat(bed().raw().item("deployment")).containsOnlyKeys("LockID");
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void isAwaitedHoweverLongItHolds(ReleaseMode mode) {
			bed().raw().create();
			Node node = node(new Mode(mode, LeaseMode.RENEWED));
			bed().raw().acquireLikeGo("deployment");
			LockOptions shortLease = LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(300)).build();
			Background<Lease> waiting = Background.start(() -> node.locks().acquire("deployment", shortLease));
			long longerThanALease = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);

			await().until(() -> System.nanoTime() - longerThanALease > 0);
			assertThat(waiting.isDone()).isFalse();
			bed().raw().delete("deployment");

			assertThat(waiting.get().isValid()).isTrue();
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void showsInStatusAndList(ReleaseMode mode) {
			bed().raw().create();
			Node node = node(new Mode(mode, LeaseMode.RENEWED));
			bed().raw().acquireLikeGo("deployment");

			LockStatus status = node.locks().status("deployment");

			assertThat(status.isHeld()).isTrue();
			assertThat(status.owner()).isEmpty();
			assertThat(status.leaseId()).isEmpty();
			assertThat(status.leaseDuration()).isEmpty();
			assertThat(status.describeHolder()).contains("Go package");
			try (Stream<LockStatus> locks = node.locks().list()) {
				assertThat(locks).containsExactly(status);
			}
		}

		@ParameterizedTest
		@EnumSource(ReleaseMode.class)
		void isReleasedByName(ReleaseMode mode) {
			bed().raw().create();
			Node node = node(new Mode(mode, LeaseMode.RENEWED));
			bed().raw().acquireLikeGo("one");
			bed().raw().acquireLikeGo("two");
			LockStatus seen = node.locks().status("two");

			assertThat(node.locks().forceRelease("one")).isPresent();
			assertThat(node.locks().forceRelease(seen)).isTrue();

			assertThat(node.locks().forceRelease(seen)).isFalse();
			assertThat(node.locks().tryAcquire("one")).isPresent();
			assertThat(node.locks().tryAcquire("two")).isPresent();
		}

		@Test
		void sharesATableWithUsWhenReleasedItemsAreDeleted() {
			Node node = node(new Mode(ReleaseMode.DELETE, LeaseMode.RENEWED));

			Lease lease = node.locks().acquire("deployment");
			assertThat(bed().raw().acquireLikeGo("deployment")).isFalse();
			lease.release();

			assertThat(bed().raw().acquireLikeGo("deployment")).isTrue();
			assertThat(node.locks().tryAcquire("deployment")).isEmpty();
			bed().raw().delete("deployment");
			assertThat(node.locks().tryAcquire("deployment")).isPresent();
		}

	}

}
