package io.dynlock.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.dynlock.LockConfigurationException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Keeps the embedded server out of production, where each process would have its own
 * locks and none would exclude another.
 */
final class EmbeddedGuard {

	/**
	 * Set where AWS runs the process, or where the application is told of a real
	 * DynamoDB.
	 */
	private static final List<String> SIGNS_OF_PRODUCTION = List.of("dynlock.region", "dynlock.endpoint",
			"spring.cloud.aws.region.static", "spring.cloud.aws.endpoint", "spring.cloud.aws.dynamodb.region",
			"spring.cloud.aws.dynamodb.endpoint", "AWS_EXECUTION_ENV");

	private EmbeddedGuard() {
	}

	static void refuseInProduction(Environment environment, ListableBeanFactory beanFactory) {
		Stream.concat(SIGNS_OF_PRODUCTION.stream(), signsOfClients(environment))
			.filter((property) -> StringUtils.hasText(environment.getProperty(property)))
			.findFirst()
			.ifPresent((property) -> {
				throw refusal(property + " is set to '" + withoutUser(environment.getRequiredProperty(property)) + "'");
			});
		Arrays.stream(beanFactory.getBeanNamesForType(DynamoDbClient.class, true, false))
			.filter((name) -> !name.equals("dynlockEmbeddedDynamoDbClient"))
			.findFirst()
			.ifPresent((name) -> {
				throw refusal("the application has the DynamoDbClient '" + name + "'");
			});
	}

	private static Stream<String> signsOfClients(Environment environment) {
		return ClientSettings.names(environment)
			.stream()
			.flatMap((client) -> Stream.of("region", "endpoint")
				.map((property) -> "dynlock.clients." + client + "." + property));
	}

	private static String withoutUser(String value) {
		return value.replaceFirst("//[^/@]*@", "//");
	}

	private static LockConfigurationException refusal(String sign) {
		return new LockConfigurationException("dynlock.embedded.enabled is true, but " + sign
				+ ": the embedded server is for development and tests only, and its locks exclude no other host.",
				"Remove dynlock.embedded.enabled where a real DynamoDB is to be used, or the other setting where"
						+ " it is not.");
	}

}
