package io.dynlock.internal.table;

import java.util.Optional;
import java.util.function.Function;

import io.dynlock.internal.protocol.TableFailure;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/**
 * Makes the requests, and tells the listener of each. Thread-safe.
 */
final class SdkCalls {

	private final DynamoDbClient client;

	private final SdkFailures failures;

	private final RequestListener listener;

	SdkCalls(DynamoDbClient client, String table, RequestListener listener) {
		this.client = client;
		this.failures = new SdkFailures(table);
		this.listener = listener;
	}

	/**
	 * Makes a request.
	 * @param operation DynamoDB's name of the operation
	 * @param call the request
	 * @return the answer, which is DynamoDB's as far as can be seen
	 * @throws ForeignAnswerException if somebody else has answered
	 */
	<T extends DynamoDbResponse> T invoke(String operation, Function<DynamoDbClient, T> call) {
		boolean answered = false;
		try {
			T response = call.apply(this.client);
			ForeignAnswerException.throwIfForeign(response);
			answered = true;
			return response;
		}
		catch (ConditionalCheckFailedException ex) {
			answered = true;
			throw ex;
		}
		finally {
			this.listener.requested(operation, answered);
		}
	}

	/** The region to which requests go; empty when the client does not tell. */
	Optional<String> region() {
		try {
			return Optional.ofNullable(this.client.serviceClientConfiguration().region()).map(Region::id);
		}
		catch (UnsupportedOperationException ex) {
			return Optional.empty();
		}
	}

	/**
	 * What an exception means.
	 * @param operation DynamoDB's name of the operation
	 * @param exception what the request threw
	 */
	TableFailure failure(String operation, RuntimeException exception) {
		return this.failures.of(operation, exception);
	}

}
