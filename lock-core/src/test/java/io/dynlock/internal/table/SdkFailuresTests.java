package io.dynlock.internal.table;

import io.dynlock.internal.protocol.TableFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What exceptions of the SDK mean. That the real ones look like these is shown where
 * requests are made.
 */
class SdkFailuresTests {

	private final SdkFailures failures = new SdkFailures("locks");

	private static AwsServiceException answer(String code, String message, int status, int attempts) {
		return DynamoDbException.builder()
			.message(message)
			.statusCode(status)
			.numAttempts(attempts)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
			.build();
	}

	@ParameterizedTest
	@CsvSource({ "ThrottlingException, 400, THROTTLED", "ProvisionedThroughputExceededException, 400, THROTTLED",
			"InternalServerError, 500, NO_ANSWER", "ServiceUnavailable, 503, NO_ANSWER",
			"AccessDeniedException, 400, REJECTED", "ExpiredTokenException, 400, REJECTED",
			"ValidationException, 400, REJECTED", "Whatever, 499, REJECTED" })
	void anAnswerMeansWhatItsCodeSays(String code, int status, TableFailure.Kind kind) {
		assertThat(this.failures.of("UpdateItem", answer(code, "no", status, 1)).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "UpdateItem, 400, 1, false", "UpdateItem, 400, 2, true", "GetItem, 400, 2, false",
			"UpdateItem, 500, 1, true", "GetItem, 500, 1, false" })
	void aWriteMayHaveTakenEffectUnlessItsOnlyAnswerSaysNo(String operation, int status, int attempts,
			boolean unknown) {
		assertThat(this.failures.of(operation, answer("Whatever", "no", status, attempts)).outcomeUnknown())
			.isEqualTo(unknown);
	}

	@Test
	void theRequestThatAwsRepeatsIsNotToldOn() {
		AwsServiceException echo = answer("InvalidSignatureException",
				"The signature does not match\nX-Amz-Security-Token: hush", 403, 1);

		TableFailure failure = this.failures.of("UpdateItem", echo);

		assertThat(failure.message()).contains("The signature does not match", "renew or correct")
			.doesNotContain("hush");
		assertThat(failure.cause()).get().satisfies((cause) -> {
			assertThat(cause.toString()).doesNotContain("hush");
			assertThat(cause.getStackTrace()).isEqualTo(echo.getStackTrace());
		});
	}

	@Test
	void anAnswerWithoutDetailsIsToldAsItIs() {
		AwsServiceException bare = DynamoDbException.builder().message("no\nmore").statusCode(400).build();

		assertThat(this.failures.of("UpdateItem", bare)).satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(TableFailure.Kind.REJECTED);
			assertThat(failure.cause()).containsSame(bare);
		});
	}

	@Test
	void silenceLeavesTheOutcomeOfAWriteOpen() {
		SdkClientException silence = SdkClientException.create("connection reset");

		assertThat(this.failures.of("UpdateItem", silence)).extracting(TableFailure::kind, TableFailure::outcomeUnknown)
			.containsExactly(TableFailure.Kind.NO_ANSWER, true);
		assertThat(this.failures.of("GetItem", silence).outcomeUnknown()).isFalse();
	}

	@Test
	void aClientThatCannotBeUsedSaysSo() {
		assertThat(this.failures.of("GetItem", new IllegalStateException("Connection pool shut down")).message())
			.contains("Connection pool shut down", "is it closed?");
		assertThat(
				this.failures.of("GetItem", SdkClientException.create("Unable to load credentials from any")).message())
			.contains("no AWS credentials could be found");
	}

}
