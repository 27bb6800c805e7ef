package io.dynlock.autoconfigure.diagnostics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dynlock.LockTableException;
import io.dynlock.TableNotActiveException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says what to do about a table that cannot be used, where something acquires a lock
 * while the application starts.
 */
final class LockTableFailureAnalyzer extends AbstractFailureAnalyzer<LockTableException> {

	/** As the library says it. */
	private static final Pattern MISSING_ACTION = Pattern.compile("allow the action (dynamodb:\\w+)");

	/** As IAM says it. */
	private static final Pattern RESOURCE = Pattern.compile("on resource: (arn:\\S+)");

	private final Environment environment;

	LockTableFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LockTableException cause) {
		String description = String.valueOf(cause.getMessage());
		String action = action(cause, description);
		return (action != null) ? new FailureAnalysis(description, action.replace("{client}", properties(cause)), cause)
				: null;
	}

	/** Where the properties of the client are. */
	private String properties(LockTableException exception) {
		String own = "dynlock.clients." + exception.client();
		boolean named = ConfigurationPropertyName.isValid(own)
				&& Binder.get(this.environment).bind(own, Bindable.mapOf(String.class, Object.class)).isBound();
		return named ? own : "dynlock";
	}

	private static @Nullable String action(LockTableException exception, String message) {
		if (exception instanceof TableNotActiveException) {
			return "Look at the table in the AWS console, or wait longer for it with"
					+ " {client}.table-creation.active-timeout.";
		}
		if (message.contains("cannot hold locks")) {
			return "Set {client}.table to a table that has the partition key 'LockID' of type String and no sort key,"
					+ " or to the name of one that does not exist yet and is created.";
		}
		if (message.contains("no AWS credentials could be found")) {
			return "Set {client}.credentials, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, run with an IAM"
					+ " role, or give the application's DynamoDbClient credentials.";
		}
		return switch (errorCode(exception)) {
			case "ResourceNotFoundException" ->
				"Create the table, or have it created with {client}.table-creation.mode=create; if it exists, correct"
						+ " {client}.table, {client}.region or {client}.endpoint.";
			case "ValidationException" ->
				"Set {client}.table to a table that has the partition key 'LockID' of type String and no sort key, and"
						+ " {client}.table-creation.mode=validate to have that verified first.";
			case "AccessDeniedException" -> permission(message);
			case "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException" ->
				"Renew or correct the AWS credentials, such as {client}.credentials, and the clock of this host.";
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
