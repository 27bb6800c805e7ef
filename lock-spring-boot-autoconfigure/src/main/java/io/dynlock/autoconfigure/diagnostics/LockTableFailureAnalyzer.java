package io.dynlock.autoconfigure.diagnostics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dynlock.LockTableException;
import io.dynlock.TableNotActiveException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do about a table that cannot be used, where something acquires a lock
 * while the application starts.
 */
final class LockTableFailureAnalyzer extends AbstractFailureAnalyzer<LockTableException> {

	/** As the library says it. */
	private static final Pattern MISSING_ACTION = Pattern.compile("allow the action (dynamodb:\\w+)");

	/** As IAM says it. */
	private static final Pattern RESOURCE = Pattern.compile("on resource: (arn:\\S+)");

	private static final String CLIENTS = " (or the same of the client under dynlock.clients)";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LockTableException cause) {
		String description = String.valueOf(cause.getMessage());
		String action = action(cause, description);
		return (action != null) ? new FailureAnalysis(description, action, cause) : null;
	}

	private static @Nullable String action(LockTableException exception, String message) {
		if (exception instanceof TableNotActiveException) {
			return "Look at the table in the AWS console, or wait longer for it with"
					+ " dynlock.table-creation.active-timeout" + CLIENTS + ".";
		}
		if (message.contains("cannot hold locks")) {
			return "Set dynlock.table" + CLIENTS + " to a table that has the partition key 'LockID' of type String and"
					+ " no sort key, or to the name of one that does not exist yet and is created.";
		}
		return switch (errorCode(exception)) {
			case "ResourceNotFoundException" ->
				"Create the table, or have it created with dynlock.table-creation.mode=create; if it exists, correct"
						+ " dynlock.table, dynlock.region or dynlock.endpoint" + CLIENTS + ".";
			case "AccessDeniedException" -> permission(message);
			default -> null;
		};
	}

	private static String errorCode(LockTableException exception) {
		return (exception.getCause() instanceof AwsServiceException service && service.awsErrorDetails() != null)
				? service.awsErrorDetails().errorCode() : "";
	}

	private static @Nullable String permission(String message) {
		Matcher action = MISSING_ACTION.matcher(message);
		if (!action.find()) {
			return null;
		}
		Matcher resource = RESOURCE.matcher(message);
		return """
				Add this statement to the IAM policy of the application:

				    {"Effect": "Allow", "Action": "%s", "Resource": "%s"}""".formatted(action.group(1),
				resource.find() ? resource.group(1) : "arn of the table");
	}

}
