package io.dynlock;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.RawTable;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is wrong is said at once, with its name, its value and what to do, and leaves no
 * lock behind.
 */
class BadInputTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	private LockBed bed() {
		return this.bed;
	}

	@Nested
	class AKey {

		static Stream<Arguments> wrongKeys() {
			return Stream.of(arguments("", "''", "not white space"),
					arguments(" \t ", "' \\u0009 '", "not white space"),
					arguments("\u3000", "'\u3000'", "not white space"),
					arguments("x".repeat(1025), "has 1025 bytes", "allows 1024, so shorten it or use a digest"),
					arguments("\u20ac".repeat(342), "has 1026 bytes", "allows 1024"),
					arguments("half\ud83d", "'half\\ud83d' has half of a surrogate pair", "remove it"));
		}

		@ParameterizedTest
		@MethodSource("wrongKeys")
		void thatCannotBeStoredIsRefusedBeforeAnyRequest(String key, String problem, String remedy) {
			Node node = bed().node();
			List<ThrowingCallable> calls = List.of(() -> node.locks().acquire(key), () -> node.locks().tryAcquire(key),
					() -> node.locks().execute(key, (lease) -> "never"), () -> node.locks().status(key),
					() -> node.locks().forceRelease(key));

			assertThat(calls).allSatisfy((call) -> assertThatIllegalArgumentException().isThrownBy(call)
				.withMessageContaining("The lock key")
				.withMessageContaining(problem)
				.withMessageContaining(remedy));
			assertThat(node.wire().sent()).isEmpty();
			assertThat(node.events().acquisitions()).isEmpty();
		}

		@Test
		void thatIsTooLongIsNotCutInsideACharacter() {
			Node node = bed().node();

			assertThatIllegalArgumentException().isThrownBy(() -> node.locks().acquire("\ud83d\udd12".repeat(300)))
				.withMessageContaining("has 1200 bytes");
		}

		static Stream<String> unusualKeys() {
			return Stream.of("x".repeat(1024), "\u20ac".repeat(341), "\ud83d\udd12", " padded ", "a:b/c#d",
					"line\nbreak\r\u0000\u001b[31m", "\u202eright-to-left", "LockID", "'", "\\", "\"");
		}

		@ParameterizedTest
		@MethodSource("unusualKeys")
		void thatIsUnusualIsLockedAsItIs(String key) {
			Node node = bed().node();

			try (Lease lease = node.locks().acquire(key)) {
				assertThat(lease.key()).isEqualTo(key);
				assertThat(node.locks().status(key).key()).isEqualTo(key);
				assertThat(node.locks().list()).extracting(LockStatus::key).containsExactly(key);
				assertThat(bed().raw().item(key)).containsEntry("LockID", AttributeValue.fromS(key));
			}
		}

		@Test
		void withControlCharactersIsEscapedInMessages() {
			Node node = bed().node((builder) -> builder.owner("me\n[2026] forged"));
			String key = "a\nERROR b\u001b[31m\u202e";
			Lease lease = node.locks().acquire(key, LockBed.QUICK.toBuilder().note("note\r\nforged").build());
			LockOptions noWait = LockBed.QUICK.toBuilder().waitTimeout(Duration.ZERO).build();

			assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> node.locks().acquire(key, noWait))
				.withMessageContaining("'a\\u000aERROR b\\u001b[31m\\u202e'")
				.satisfies((ex) -> {
					assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cntrl}");
					assertThat(ex.key()).isEqualTo(key);
				});
			assertThat(List.of(lease, node.locks(), node.locks().status(key), node.locks().held().get(0)))
				.allSatisfy((printed) -> assertThat(printed.toString()).doesNotContainPattern("\\p{Cntrl}"))
				.extracting(Object::toString)
				.anySatisfy((printed) -> assertThat(printed).contains("forged", "a\\u000aERROR"));
			node.locks().forceRelease(key);
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew)
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
		}

	}

	@Nested
	class AnOption {

		static Stream<Arguments> wrongOptions() {
			return Stream.of(
					wrong(() -> LockOptions.builder().leaseDuration(Duration.ofMillis(299)), "leaseDuration",
							"PT0.299S", "at least PT0.3S"),
					wrong(() -> LockOptions.builder().leaseDuration(Duration.ofDays(366)), "leaseDuration", "PT8784H",
							"PERMANENT"),
					wrong(() -> LockOptions.builder().leaseDuration(Duration.ofSeconds(-1)), "leaseDuration", "PT-1S",
							"at least"),
					wrong(() -> LockOptions.builder().maxRetries(-1), "maxRetries", "-1", "use 0 for a single attempt"),
					wrong(() -> LockOptions.builder().waitTimeout(Duration.ofMillis(-1)), "waitTimeout", "PT-0.001S",
							"zero or a positive duration"),
					wrong(() -> LockOptions.builder().waitTimeout(Duration.ofSeconds(Long.MAX_VALUE)), "waitTimeout",
							"PT", "use at most"),
					wrong(() -> LockOptions.builder().sleepBetweenRetries(Duration.ZERO), "sleepBetweenRetries", "PT0S",
							"positive"),
					wrong(() -> LockOptions.builder().sleepBetweenRetries(Duration.ofNanos(-1)), "sleepBetweenRetries",
							"PT-0.000000001S", "positive"),
					wrong(() -> LockOptions.builder().maxSleepBetweenRetries(Duration.ZERO), "maxSleepBetweenRetries",
							"PT0S", "positive"),
					wrong(() -> LockOptions.builder().minHold(Duration.ofSeconds(-5)), "minHold", "PT-5S", "zero or"),
					wrong(() -> LockOptions.builder().name("  "), "name", "'  '", "at least one character"),
					wrong(() -> LockOptions.builder().note("x".repeat(513)), "note", "513 characters", "512"),
					wrong(() -> TableOptions.builder().table("a b"), "table", "'a b'", "3 to 255 letters"),
					wrong(() -> TableOptions.builder().table(""), "table", "''", "3 to 255 letters"),
					wrong(() -> TableOptions.builder().table("x\ny"), "table", "'x\\u000ay'", "3 to 255 letters"),
					wrong(() -> TableOptions.builder().retention(Duration.ofMinutes(59)), "retention", "PT59M",
							"at least one hour"),
					wrong(() -> TableOptions.builder().retention(Duration.ofDays(-1)), "retention", "PT-24H",
							"positive duration"),
					wrong(() -> TableOptions.builder().activeTimeout(Duration.ZERO), "activeTimeout", "PT0S",
							"positive"),
					wrong(() -> TableOptions.builder().requestTimeout(Duration.ofMillis(-3)), "requestTimeout",
							"PT-0.003S", "positive"));
		}

		private static Arguments wrong(ThrowingCallable call, String argument, String value, String remedy) {
			return arguments(call, argument, value, remedy);
		}

		@ParameterizedTest
		@MethodSource("wrongOptions")
		void thatCannotBeIsRefused(ThrowingCallable call, String argument, String value, String remedy) {
			assertThatIllegalArgumentException().isThrownBy(call)
				.withMessageStartingWith(argument + " is '")
				.withMessageContaining(value)
				.withMessageContaining(remedy);
		}

		@Test
		void ofATemplateThatCannotBeIsRefused() {
			DistributedLockTemplate.Builder builder = DistributedLockTemplate.builder(bed().raw().client());

			assertThatIllegalArgumentException().isThrownBy(() -> builder.owner(" "))
				.withMessage("owner is ' '; use 1 to 256 characters");
			assertThatIllegalArgumentException().isThrownBy(() -> builder.application(""))
				.withMessage("application is ''; use 1 to 128 characters");
			assertThatIllegalArgumentException().isThrownBy(() -> builder.requestThreads(0))
				.withMessage("requestThreads is '0'; use at least 1");
			assertThatIllegalArgumentException().isThrownBy(() -> builder.closeTimeout(Duration.ofSeconds(-1)))
				.withMessageContaining("closeTimeout is 'PT-1S'");
		}

		@Test
		void atItsLimitWorks() {
			Node node = bed().node();
			LockOptions options = LockOptions.builder()
				.leaseDuration(LockOptions.MAX_LEASE_DURATION)
				.waitTimeout(Duration.ofDays(36_500))
				.sleepBetweenRetries(Duration.ofNanos(1))
				.maxSleepBetweenRetries(Duration.ofDays(36_500))
				.maxRetries(Integer.MAX_VALUE)
				.note("x".repeat(LockOptions.MAX_NOTE_LENGTH))
				.build();

			try (Lease lease = node.locks().acquire("deployment", options)) {
				assertThat(lease.isValid()).isTrue();
				assertThat(node.locks().status("deployment").leaseDuration()).contains(LockOptions.MAX_LEASE_DURATION);
			}
			try (Lease lease = node.locks()
				.acquire("deployment", options.toBuilder().leaseDuration(Duration.ofMillis(300)).build())) {
				assertThat(lease.isValid()).isTrue();
			}
		}

	}

	@Nested
	class ATable {

		@Test
		void withAnotherPartitionKeyIsRefused() {
			bed().raw().create(Map.of("id", KeyType.HASH), ScalarAttributeType.S);
			Node node = bed().node();

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().acquire("deployment"))
				.withMessageContaining("'" + bed().table() + "'")
				.withMessageContaining("its key is id (HASH, S)")
				.withMessageContaining("must be the partition key 'LockID' of type String")
				.withMessageContaining("use another table");
		}

		@Test
		void withASortKeyIsRefused() {
			bed().raw().create(Map.of("LockID", KeyType.HASH, "sort", KeyType.RANGE), ScalarAttributeType.S);
			Node node = bed().node();

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().status("deployment"))
				.withMessageContaining("LockID (HASH, S), sort (RANGE, S)")
				.withMessageContaining("use another table");
		}

		@Test
		void withAKeyOfAnotherTypeIsRefused() {
			bed().raw().create(Map.of("LockID", KeyType.HASH), ScalarAttributeType.N);
			Node node = bed().node();

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().acquire("deployment"))
				.withMessageContaining("of type String")
				.withMessageContaining("its key is LockID (HASH, N)");
		}

		@Test
		void withAnotherKeyThatIsNotLookedAtIsReportedByTheFirstRequest() {
			bed().raw().create(Map.of("id", KeyType.HASH), ScalarAttributeType.S);
			Node node = bed()
				.node((builder) -> builder.tableOptions(bed().tableOptions().creation(TableCreation.NONE).build()));

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().acquire("deployment"))
				.withMessageContaining("has the table the partition key 'LockID' of type String and no sort key?");
		}

		@ParameterizedTest
		@ValueSource(strings = { "version", "leaseId", "else" })
		void thatIsReplacedByOneWithAnotherKeyIsNotListedAsOneWithoutLocks(String attribute) {
			Node node = bed().preparedNode();
			bed().raw().drop();
			bed().raw().create(Map.of("id", KeyType.HASH), ScalarAttributeType.S);
			bed().raw().put(Map.of("id", AttributeValue.fromS("some-id"), attribute, AttributeValue.fromN("1")));

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().list().toList())
				.withMessageContaining("its key is id (HASH, S)");
		}

		@ParameterizedTest
		@ValueSource(strings = { "VALIDATE", "NONE" })
		void thatIsMissingAndMayNotBeCreatedIsReported(TableCreation creation) {
			Node node = bed().node((builder) -> builder.tableOptions(bed().tableOptions().creation(creation).build()));
			List<ThrowingCallable> calls = List.of(() -> node.locks().acquire("deployment"),
					() -> node.locks().tryAcquire("deployment"), () -> node.locks().status("deployment"),
					() -> node.locks().forceRelease("deployment"), () -> node.locks().list().forEach((status) -> {
					}));

			assertThat(calls).allSatisfy((call) -> assertThatExceptionOfType(LockTableException.class).isThrownBy(call)
				.withMessageContaining("The table '" + bed().table() + "' does not exist")
				.withMessageContaining("create it, let dynlock create it, or correct its name"));
			assertThat(node.wire().count(Sent.operation("CreateTable"))).isZero();
		}

		@Test
		void thatIsCreatedLaterIsUsedThen() {
			Node node = bed()
				.node((builder) -> builder.tableOptions(bed().tableOptions().creation(TableCreation.VALIDATE).build()));
			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().acquire("deployment"));

			bed().raw().create();

			assertThat(node.locks().tryAcquire("deployment")).isPresent();
		}

		@Test
		void isCreatedAsTheOptionsSay() {
			Node node = bed().node((builder) -> builder.tableOptions(bed().tableOptions()
				.tags(Map.of("team", "platform"))
				.deletionProtection(true)
				.timeToLive(false)
				.build()));

			node.locks().acquire("deployment").release();

			assertThat(bed().raw().describe().deletionProtectionEnabled()).isTrue();
			// DynamoDB Local ignores tags
			assertThat(node.wire().sent(Sent.operation("CreateTable"))).singleElement()
				.satisfies((sent) -> assertThat(sent.body())
					.contains("\"Tags\":[{\"Key\":\"team\",\"Value\":\"platform\"}]"));
			assertThat(node.wire().count(Sent.operation("UpdateTimeToLive"))).isZero();
		}

		@Test
		void keepsItemsForEverWhenTheOptionsSaySo() {
			Node node = bed()
				.node((builder) -> builder.tableOptions(bed().tableOptions().retention(Duration.ZERO).build()));

			node.locks().acquire("deployment").release();

			assertThat(bed().raw().item("deployment")).containsOnlyKeys("LockID", "version");
		}

	}

	@Nested
	class AClient {

		@Test
		void withoutARegionIsRefused() {
			assumeThat(System.getenv()).doesNotContainKeys("AWS_REGION");
			try (SystemProperties properties = new SystemProperties().clear("aws.region")
				.set("aws.configFile", "no-such-file")
				.set("aws.disableEc2Metadata", "true")) {
				assertThat(properties).isNotNull();

				assertThatExceptionOfType(LockConfigurationException.class)
					.isThrownBy(() -> DynamoDbClients.builder().build())
					.withMessageContaining("No AWS region is configured")
					.withMessageContaining("dynlock.region")
					.withMessageContaining("AWS_REGION")
					.satisfies((ex) -> {
						assertThat(ex.problem()).isEqualTo("No AWS region is configured for the lock table.");
						assertThat(ex.remedy()).startsWith("Set the region");
						assertThat(ex.getCause()).isNotNull();
					});
			}
		}

		@Test
		void withoutCredentialsIsRefused() {
			AwsCredentialsProvider nothing = AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());
			try (SystemProperties properties = new SystemProperties()) {
				properties.clear("aws.accessKeyId").clear("aws.secretAccessKey");

				assertThatExceptionOfType(LockConfigurationException.class)
					.isThrownBy(() -> DynamoDbClients.builder().region("eu-west-1").credentials(nothing).build())
					.withMessageContaining("No AWS credentials could be found")
					.withMessageContaining("AWS_ACCESS_KEY_ID")
					.withMessageContaining("AWS_PROFILE")
					.satisfies((ex) -> assertThat(ex.getCause()).isNotNull());
			}
		}

		@Test
		void whoseCredentialsVanishSaysSo() {
			AwsCredentialsProvider nothing = AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());
			try (SystemProperties properties = new SystemProperties().clear("aws.accessKeyId")
				.clear("aws.secretAccessKey");
					var client = RawTable.clientBuilder(bed().endpoint()).credentialsProvider(nothing).build();
					var locks = DistributedLockTemplate.builder(client).table(bed().table()).build()) {
				assertThat(properties).isNotNull();

				assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> locks.acquire("deployment"))
					.withMessageContaining("no AWS credentials could be found")
					.withMessageContaining("AWS_ACCESS_KEY_ID");
			}
		}

		@Test
		void withAWrongRegionOrEndpointIsRefused() {
			assertThatIllegalArgumentException().isThrownBy(() -> DynamoDbClients.builder().region("Frankfurt!"))
				.withMessage("region is 'Frankfurt!'; use the code of an AWS region, such as eu-west-1");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> DynamoDbClients.builder().endpoint(URI.create("localhost:8000")))
				.withMessage("endpoint is 'localhost:8000'; use a URI with scheme and host, such as"
						+ " http://localhost:8000");
		}

		@Test
		void thatIsClosedIsReported() {
			var client = RawTable.clientBuilder(bed().endpoint()).build();
			try (var locks = DistributedLockTemplate.builder(client).table(bed().table()).build()) {
				client.close();

				assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> locks.acquire("deployment"))
					.withMessageContaining("closed?");
			}
		}

	}

	@Nested
	class ACallback {

		@Test
		void thatThrowsHasTheLockReleasedAndItsExceptionUnchanged() {
			Node node = bed().node();
			Exception failure = new Exception("checked");

			assertThatExceptionOfType(Exception.class).isThrownBy(() -> node.locks().execute("deployment", (lease) -> {
				throw failure;
			})).isSameAs(failure).satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
			assertThat(node.locks().tryAcquire("deployment")).isPresent();
		}

		@Test
		void thatThrowsKeepsItsExceptionWhenTheReleaseFailsToo() {
			Node node = bed().node();
			AssertionError failure = new AssertionError("the work failed");

			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> node.locks().executeWithoutResult("deployment", (lease) -> {
					node.wire().next(3, Sent.RELEASE, Fault.UNREACHABLE);
					throw failure;
				}))
				.isSameAs(failure)
				.satisfies(
						(ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockTableException.class));
			await().until(() -> !node.locks().status("deployment").isHeld());
		}

		@Test
		void thatReleasesItsLeaseItselfIsFine() {
			Node node = bed().node();

			assertThat(node.locks()
				.<Boolean, RuntimeException>execute("deployment",
						LockBed.QUICK.toBuilder().onLoss(LossPolicy.LOG).build(), Lease::release))
				.isTrue();
			assertThat(node.events().released()).containsExactly("deployment");
		}

	}

	@Nested
	class AnItem {

		static Stream<Arguments> hostileItems() {
			AttributeValue id = AttributeValue.fromS("some-id");
			AttributeValue one = AttributeValue.fromN("1");
			return Stream.of(arguments("version", Map.of("leaseId", id, "version", AttributeValue.fromS("one"))),
					arguments("version", Map.of("leaseId", id, "version", AttributeValue.fromN("-1"))),
					arguments("version", Map.of("leaseId", id, "version", AttributeValue.fromN("1.5"))),
					arguments("version", Map.of("leaseId", id, "version", AttributeValue.fromN("1e120"))),
					arguments("version",
							Map.of("leaseId", id, "version", AttributeValue.fromN(Long.toString(Long.MAX_VALUE)))),
					arguments("version", Map.of("version", AttributeValue.fromS("one"))),
					arguments("version", Map.of("version", AttributeValue.fromN("1.5"))),
					arguments("version", Map.of("version", AttributeValue.fromN("1e120"))),
					arguments("version", Map.of("version", AttributeValue.fromN(Long.toString((1L << 47) - 1)))),
					arguments("version", Map.of("version", AttributeValue.fromNul(true))),
					arguments("leaseId", Map.of("leaseId", one, "version", one)),
					arguments("leaseId", Map.of("leaseId", AttributeValue.fromBool(true), "version", one)),
					arguments("leaseMillis",
							Map.of("leaseId", id, "version", one, "leaseMillis", AttributeValue.fromN("-5"))),
					arguments("leaseMillis",
							Map.of("leaseId", id, "version", one, "leaseMillis", AttributeValue.fromN("0"))),
					arguments("leaseMillis",
							Map.of("leaseId", id, "version", one, "leaseMillis",
									AttributeValue.fromN("9223372036854775807"))),
					arguments("leaseMillis",
							Map.of("leaseId", id, "version", one, "leaseMillis", AttributeValue.fromS("30000"))));
		}

		@ParameterizedTest
		@MethodSource("hostileItems")
		void thatIsNoLockIsReportedAndHarmsNoOther(String attribute, Map<String, AttributeValue> item) {
			Node node = bed().node();
			node.locks().acquire("another");
			bed().raw().put("hostile", item);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().tryAcquire("hostile"))
				.withMessageContaining("'hostile'")
				.withMessageContaining("'" + attribute + "'")
				.withMessageContaining("delete or repair it");
			await().until(() -> bed().raw().item("hostile").get("leaseId") == null == (item.get("leaseId") == null));
			assertThat(node.locks().status("another").isHeld()).isTrue();
			assertThat(node.locks().list()).extracting(LockStatus::key).contains("another");
			assertThat(node.locks().tryAcquire("a-third")).isPresent();
			bed().raw().delete("hostile");
			assertThat(node.locks().tryAcquire("hostile")).isPresent();
		}

		@Test
		void whoseTextsForPeopleAreWrongIsALockAllTheSame() {
			Node node = bed().preparedNode();
			AttributeValue wrong = AttributeValue.fromL(List.of(AttributeValue.fromBool(true)));
			bed().raw()
				.put("deployment", Map.of("leaseId", AttributeValue.fromS("id"), "version", AttributeValue.fromN("1"),
						"owner", wrong, "note", wrong, "acquiredAt", wrong, "expiresAt", wrong));

			LockStatus status = node.locks().status("deployment");

			assertThat(status.isHeld()).isTrue();
			assertThat(status.owner()).isEmpty();
			assertThat(status.note()).isEmpty();
			assertThat(status.acquiredAt()).isEmpty();
			assertThat(node.locks().tryAcquire("deployment")).isEmpty();
			assertThat(node.locks().forceRelease("deployment")).isPresent();
			assertThat(node.locks().tryAcquire("deployment")).isPresent();
		}

	}

}
