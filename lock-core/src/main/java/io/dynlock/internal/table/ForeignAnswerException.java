package io.dynlock.internal.table;

import java.util.Optional;

import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/**
 * A request was answered, but not by DynamoDB, so that nothing is known of its outcome. A
 * proxy or a gateway may well answer {@code 200} to everything, and an empty object is
 * what DynamoDB itself says of an item that does not exist.
 */
@SuppressWarnings("serial")
final class ForeignAnswerException extends RuntimeException {

	private static final String CONTENT_TYPE = "application/x-amz-json-";

	private ForeignAnswerException(String problem) {
		super("the answer is not DynamoDB's: it " + problem
				+ "; look at what stands between the application and DynamoDB, such as a proxy, and at the endpoint");
	}

	/**
	 * The answer lacks something that DynamoDB always says.
	 * @param what that is
	 */
	static ForeignAnswerException without(String what) {
		return new ForeignAnswerException("has no " + what);
	}

	/**
	 * Checks that an answer has at least one of the signs that DynamoDB, and whoever
	 * speaks its language, gives each answer. A client that uses no HTTP is believed.
	 * @param response the answer
	 * @throws ForeignAnswerException if it has none
	 */
	static void throwIfForeign(DynamoDbResponse response) {
		SdkHttpResponse http = response.sdkHttpResponse();
		if (http == null || http.firstMatchingHeader("x-amzn-RequestId").isPresent()
				|| http.firstMatchingHeader("x-amz-crc32").isPresent()) {
			return;
		}
		Optional<String> type = http.firstMatchingHeader("Content-Type");
		if (type.filter((value) -> value.startsWith(CONTENT_TYPE)).isEmpty()) {
			throw new ForeignAnswerException("has the status " + http.statusCode() + " and the content type '"
					+ type.orElse("") + "', but no request id");
		}
	}

}
