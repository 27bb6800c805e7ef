package io.dynlock;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.dynlock.testing.Background;
import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A DynamoDB that refuses, throttles, fails or is silent.
 */
class UnwillingServerTests {

	@RegisterExtension
	final LockBed bed = new LockBed();

	private LockBed bed() {
		return this.bed;
	}

	/** Somebody who speaks the language, but says nothing. */
	@Nested
	class EmptyAnswer {

		private final Fault empty = Fault.answered((answer) -> "{}");

		@Test
		void toAnAcquisitionIsNoSuccess() {
			Node node = bed().preparedNode();
			node.wire().always(Sent.ACQUIRE, this.empty);

			assertThatExceptionOfType(LockTableException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", LockBed.QUICK.toBuilder().maxRetries(0).build()))
				.withMessageContaining("the answer is not DynamoDB's")
				.satisfies((ex) -> assertThat(ex.isOutcomeUnknown()).isTrue());
		}

		@Test
		void toARenewalIsNoSuccess() {
			Node node = bed().preparedNode();
			Lease lease = node.locks().acquire("deployment");
			node.wire().always(Sent.RENEW, this.empty);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::renew)
				.withMessageContaining("the answer is not DynamoDB's");
		}

		@ParameterizedTest
		@EnumSource
		void toAReleaseIsNoSuccess(ReleaseMode mode) {
			Node node = bed().node((builder) -> builder.tableOptions(bed().tableOptions().releaseMode(mode).build()));
			Lease lease = node.locks().acquire("deployment");
			node.wire().always(Sent.RELEASE, this.empty);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::release)
				.withMessageContaining("the answer is not DynamoDB's");
		}

		@Test
		void toAListingIsNoEmptyTable() {
			Node node = bed().preparedNode();
			node.wire().always(Sent.operation("Scan"), this.empty);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().list().toList())
				.withMessageContaining("the answer is not DynamoDB's");
		}

		@Test
		void toADescriptionOfTheTableIsNoTable() {
			bed().raw().create();
			Node node = bed().node();
			node.wire().always(Sent.operation("DescribeTable"), this.empty);

			assertThatExceptionOfType(LockTableException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", LockBed.QUICK.toBuilder().maxRetries(0).build()))
				.withMessageContaining("the answer is not DynamoDB's");
		}

	}

	@Nested
	class AccessDenied {

		interface Use {

			void of(DistributedLockOperations locks) throws Exception;

		}

		static Stream<Arguments> uses() {
			return Stream.of(use("UpdateItem", (locks) -> locks.acquire("deployment")),
					use("UpdateItem", (locks) -> locks.tryAcquire("deployment")),
					use("UpdateItem", (locks) -> locks.execute("deployment", (lease) -> "never")),
					use("GetItem", (locks) -> locks.status("deployment")),
					use("GetItem", (locks) -> locks.forceRelease("deployment")),
					use("Scan", (locks) -> locks.list().forEach((status) -> {
					})), use("DescribeTable", (locks) -> locks.acquire("deployment")),
					use("DescribeTable", (locks) -> locks.list().forEach((status) -> {
					})), use("CreateTable", (locks) -> locks.acquire("deployment")));
		}

		private static Arguments use(String operation, Use use) {
			return Arguments.of(operation, use);
		}

		@ParameterizedTest
		@MethodSource("uses")
		void namesTheActionThatIsMissing(String operation, Use use) {
			Node node = bed().node();
			node.wire().always(Sent.operation(operation), Fault.ACCESS_DENIED);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> use.of(node.locks()))
				.withMessageContaining("'" + bed().table() + "'")
				.withMessageContaining("not authorized to perform this")
				.withMessageContaining("allow the action dynamodb:" + operation)
				.withMessageContaining("IAM policy")
				.satisfies((ex) -> {
					assertThat(ex.isOutcomeUnknown()).isFalse();
					assertThat(ex.getCause()).isNotNull();
				});
			assertThat(node.wire().count(Sent.operation(operation))).isOne();
			assertThat(node.events().requests()).contains(operation + "!");
		}

		@Test
		void toReleaseIsReportedAndTheLeaseEnds() {
			Node node = bed()
				.node((builder) -> builder.tableOptions(bed().tableOptions().releaseMode(ReleaseMode.DELETE).build()));
			Lease lease = node.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().leaseDuration(Duration.ofMillis(500)).build());
			node.wire().always(Sent.operation("DeleteItem"), Fault.ACCESS_DENIED);

			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::release)
				.withMessageContaining("allow the action dynamodb:DeleteItem");

			assertThat(bed().node().locks().acquire("deployment").isValid()).isTrue();
		}

		@Test
		void toSwitchOnTimeToLiveIsNoReasonToStop() {
			Node node = bed().node();
			node.wire().always(Sent.operation("UpdateTimeToLive"), Fault.ACCESS_DENIED);

			assertThat(node.locks().tryAcquire("deployment")).isPresent();
		}

		@ParameterizedTest
		@ValueSource(strings = { "UnrecognizedClientException", "ExpiredTokenException", "InvalidSignatureException" })
		void forWrongCredentialsSaysSo(String code) {
			Node node = bed().preparedNode();
			node.wire().always(Sent.ACQUIRE, Fault.refused(code, "The security token is invalid"));

			assertThatExceptionOfType(LockTableException.class).isThrownBy(() -> node.locks().acquire("deployment"))
				.withMessageContaining("The security token is invalid")
				.withMessageContaining("renew or correct the AWS credentials");
		}

	}

	@Nested
	class Throttling {

		static Stream<String> codes() {
			return Stream.of("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded");
		}

		@ParameterizedTest
		@MethodSource("codes")
		void isOutlasted(String code) {
			Node node = bed().preparedNode();
			node.events().requests().clear();
			node.wire().next(3, Sent.ACQUIRE, Fault.refused(code, "Rate exceeded"));

			Lease lease = node.locks().acquire("deployment");

			assertThat(lease.isValid()).isTrue();
			assertThat(node.events().requests()).contains("UpdateItem!").endsWith("UpdateItem");
			assertThat(node.events().attempts()).contains(LockListener.Outcome.FAILED)
				.endsWith(LockListener.Outcome.ACQUIRED);
		}

		@Test
		void isReportedWhenTheWaitEnds() {
			Node node = bed().preparedNode();
			node.wire().always(Sent.ACQUIRE, Fault.THROTTLED);
			LockOptions options = LockBed.QUICK.toBuilder().waitTimeout(Duration.ofMillis(500)).build();

			assertThatExceptionOfType(LockTableException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", options))
				.withMessageContaining("too many requests")
				.withMessageContaining("Rate exceeded");
			assertThat(bed().raw().item("deployment")).isEmpty();
		}

		@Test
		void ofRenewalsIsOutlasted() {
			Node node = bed().preparedNode();
			Lease lease = node.locks()
				.acquire("deployment", LockBed.QUICK.toBuilder().leaseDuration(Duration.ofSeconds(3)).build());
			node.wire().next(1, Sent.RENEW, Fault.THROTTLED);

			await().until(() -> node.events().renewals().contains(true));

			assertThat(lease.isValid()).isTrue();
			assertThat(node.events().losses()).isEmpty();
		}

		@Test
		void ofPollsIsOutlasted() {
			Node holder = bed().preparedNode();
			Node node = bed().preparedNode();
			Lease lease = holder.locks().acquire("deployment");
			node.wire().next(3, Sent.READ, Fault.THROTTLED);
			Background<Lease> waiting = Background.start(() -> node.locks().acquire("deployment"));
			await().until(() -> node.wire().count(Sent.READ) > 3);

			lease.release();

			assertThat(waiting.get().isValid()).isTrue();
		}

		@Test
		void ofTheLookAtTheTableIsOutlasted() {
			Node node = bed().node();
			node.wire().next(3, Sent.operation("DescribeTable"), Fault.THROTTLED);

			assertThat(node.locks().acquire("deployment").isValid()).isTrue();
		}

	}

	@Nested
	class Silence {

		@Test
		void isOutlastedByWhoeverWaits() {
			Node node = bed().node();
			node.die();
			Background<Lease> waiting = Background.start(() -> node.locks().acquire("deployment"));
			await().until(() -> node.events().attempts().size() > 1);

			node.wire().heal();

			assertThat(waiting.get().isValid()).isTrue();
		}

		@Test
		void isReportedWithItsCauseWhenTheWaitEnds() {
			Node node = bed().preparedNode();
			node.die();
			LockOptions options = LockBed.QUICK.toBuilder().waitTimeout(Duration.ofMillis(300)).build();

			assertThatExceptionOfType(LockTableException.class)
				.isThrownBy(() -> node.locks().acquire("deployment", options))
				.withMessageContaining("UpdateItem on the table '" + bed().table() + "' failed")
				.withMessageContaining("The wire is cut")
				.satisfies((ex) -> assertThat(ex.getCause()).isNotNull());
			assertThat(node.events().acquisitions()).contains(LockListener.Outcome.FAILED);
		}

		@ParameterizedTest
		@ValueSource(strings = { "DescribeTable", "UpdateItem", "GetItem", "Scan" })
		void lastsNoLongerThanARequestMay(String operation) {
			bed().raw().create();
			Node node = bed().node((builder) -> builder
				.tableOptions(bed().tableOptions().requestTimeout(Duration.ofMillis(300)).build()));
			node.wire().always(Sent.operation(operation), Fault.held(new CountDownLatch(1)));
			Map<String, Background<Object>> uses = Map.of("DescribeTable",
					Background.start(() -> node.locks().tryAcquire("one")), "UpdateItem",
					Background.start(() -> node.locks().tryAcquire("two")), "GetItem",
					Background.start(() -> node.locks().status("three")), "Scan",
					Background.start(() -> node.locks().list().toList()));

			assertThat(uses.get(operation).failure()).isInstanceOf(LockTableException.class)
				.hasMessageContaining(operation)
				.hasMessageContaining("no answer in time");
		}

		@Test
		void ofFailingServersIsOutlasted() {
			Node node = bed().preparedNode();
			node.wire().next(5, Sent.ACQUIRE, Fault.ANSWERED_500);

			Lease lease = node.locks().acquire("deployment");

			assertThat(lease.isValid()).isTrue();
			assertThat(node.events().attempts()).containsExactly(LockListener.Outcome.FAILED,
					LockListener.Outcome.ACQUIRED);
		}

	}

}
