package io.dynlock.internal.table;

import java.util.Optional;
import java.util.Set;

import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.internal.protocol.TableFailure.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Says what an exception of the SDK means, and what to do about it.
 */
final class SdkFailures {

	private static final Set<String> READS = Set.of("GetItem", "Scan", "DescribeTable");

	private final String table;

	SdkFailures(String table) {
		this.table = table;
	}

	/**
	 * The failure behind an exception.
	 * @param operation DynamoDB's name of the operation
	 * @param exception what the SDK threw
	 */
	TableFailure of(String operation, RuntimeException exception) {
		String what = operation + " on the table '" + this.table + "' failed: ";
		boolean writes = !READS.contains(operation);
		if (exception instanceof MalformedItemException) {
			return failure(Kind.MALFORMED_ITEM, String.valueOf(exception.getMessage()), writes, exception);
		}
		if (exception instanceof ForeignAnswerException) {
			return failure(Kind.NO_ANSWER, what + exception.getMessage(), writes, exception);
		}
		if (exception instanceof ResourceNotFoundException) {
			return failure(Kind.NO_TABLE,
					"The table '" + this.table + "' does not exist in this account and region;"
							+ " create it, let dynlock create it, or correct its name, the region or the endpoint",
					false, exception);
		}
		if (exception instanceof AbortedException) {
			return failure(Kind.INTERRUPTED, what + "the thread was interrupted", writes, exception);
		}
		if (exception instanceof AwsServiceException service) {
			return ofService(operation, what, writes, withoutRequest(service));
		}
		if (exception instanceof ApiCallTimeoutException || exception instanceof ApiCallAttemptTimeoutException) {
			return failure(Kind.NO_ANSWER, what + "no answer in time (" + exception.getMessage() + ")", writes,
					exception);
		}
		if (isWithoutCredentials(exception)) {
			return failure(Kind.REJECTED, what + "no AWS credentials could be found; set AWS_ACCESS_KEY_ID and"
					+ " AWS_SECRET_ACCESS_KEY, use a profile or a role, or give the client a credentials provider ("
					+ exception.getMessage() + ")", false, exception);
		}
		if (exception instanceof SdkException) {
			return failure(Kind.NO_ANSWER, what + exception.getMessage(), writes, exception);
		}
		return failure(Kind.REJECTED, what + "the DynamoDbClient cannot be used (" + exception + "); is it closed?",
				writes, exception);
	}

	/**
	 * Whether the SDK has sent a request before the one that was answered with an
	 * exception, and nothing is known of that.
	 * @param exception what the SDK threw
	 */
	static boolean wasSentBefore(SdkException exception) {
		return exception.numAttempts() == null || exception.numAttempts() > 1;
	}

	private TableFailure ofService(String operation, String what, boolean writes, AwsServiceException exception) {
		boolean mayHaveTakenEffect = writes && wasSentBefore(exception);
		String code = Optional.ofNullable(exception.awsErrorDetails())
			.flatMap((details) -> Optional.ofNullable(details.errorCode()))
			.orElse("");
		if (exception.isThrottlingException() || code.equals("ThrottlingException")) {
			return failure(Kind.THROTTLED, what + "too many requests (" + exception.getMessage() + ")",
					mayHaveTakenEffect, exception);
		}
		if (exception.statusCode() >= 500) {
			return failure(Kind.NO_ANSWER, what + exception.getMessage(), writes, exception);
		}
		String remedy = switch (code) {
			case "AccessDeniedException" -> "; allow the action dynamodb:" + operation + " on the table '" + this.table
					+ "' in the IAM policy of the application";
			case "UnrecognizedClientException", "InvalidSignatureException", "MissingAuthenticationTokenException",
					"IncompleteSignatureException", "ExpiredTokenException", "InvalidClientTokenId" ->
				"; renew or correct the AWS credentials of the application, and the clock of its host";
			case "ValidationException" ->
				"; has the table the partition key '" + LockItem.KEY + "' of type String and no sort key?";
			default -> "";
		};
		return failure(Kind.REJECTED, what + exception.getMessage() + remedy, mayHaveTakenEffect, exception);
	}

	/**
	 * In answer to a wrong signature, AWS repeats the request with its session token,
	 * from the second line of the message on; and the SDK keeps all answers to one call.
	 */
	private static AwsServiceException withoutRequest(AwsServiceException exception) {
		@Nullable AwsErrorDetails details = exception.awsErrorDetails();
		if (details == null || details.errorMessage() == null || details.errorMessage().indexOf('\n') < 0) {
			return exception;
		}
		String firstLine = details.errorMessage().lines().findFirst().orElse("");
		AwsServiceException shortened = exception.toBuilder()
			.message(firstLine)
			.awsErrorDetails(details.toBuilder().errorMessage(firstLine).rawResponse(null).build())
			.build();
		shortened.setStackTrace(exception.getStackTrace());
		return shortened;
	}

	private static boolean isWithoutCredentials(RuntimeException exception) {
		return String.valueOf(exception.getMessage()).contains("Unable to load credentials");
	}

	private static TableFailure failure(Kind kind, String message, boolean outcomeUnknown, RuntimeException exception) {
		return new TableFailure(kind, message, outcomeUnknown, Optional.empty(), Optional.of(exception));
	}

}
