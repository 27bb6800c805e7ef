package io.dynlock.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.dynlock.LockConfigurationException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
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

	/** Are told by their names only: their values are secrets. */
	private static final List<String> CREDENTIALS = List.of("credentials.access-key", "credentials.secret-key",
			"credentials.session-token", "credentials.profile");

	private EmbeddedGuard() {
	}

	static void refuseInProduction(Environment environment, ListableBeanFactory beanFactory) {
		Stream.of(signs(environment), signsOfClients(environment, beanFactory), beans(beanFactory))
			.flatMap(Function.identity())
			.findFirst()
			.ifPresent((sign) -> {
				throw refusal(sign);
			});
	}

	private static Stream<String> signs(Environment environment) {
		return Stream.concat(
				SIGNS_OF_PRODUCTION.stream()
					.filter((property) -> isSet(environment, property))
					.map((property) -> withValue(environment, property)),
				CREDENTIALS.stream()
					.map((property) -> "dynlock." + property)
					.filter((property) -> isSet(environment, property))
					.map((property) -> property + " is set"));
	}

	/**
	 * Whatever gives a named client a connection of its own, which would not be to the
	 * embedded server: even a setting that is empty.
	 */
	private static Stream<String> signsOfClients(Environment environment, ListableBeanFactory beanFactory) {
		return ClientSettings.names(environment)
			.stream()
			.map((name) -> ClientSettings.ofNamed(name, environment))
			.flatMap((client) -> Stream.concat(
					Stream.of("region", "endpoint")
						.filter(client::has)
						.map((property) -> withValue(environment, client.nameOf(property))),
					Stream.concat(
							CREDENTIALS.stream()
								.filter(client::has)
								.map((property) -> client.nameOf(property) + " is set"),
							beans(AwsCredentialsProvider.class, beanFactory)
								.filter((bean) -> BeanFactoryAnnotationUtils.isQualifierMatch(client.name()::equals,
										bean, beanFactory))
								.map((bean) -> "the AwsCredentialsProvider '" + bean + "' is for the client '"
										+ client.name() + "'"))));
	}

	private static Stream<String> beans(ListableBeanFactory beanFactory) {
		return Stream.concat(
				beans(DynamoDbClient.class, beanFactory).filter((name) -> !name.equals("dynlockEmbeddedDynamoDbClient"))
					.map((name) -> "the application has the DynamoDbClient '" + name + "'"),
				beans(DynlockConnectionDetails.class, beanFactory)
					.map((name) -> "the application has the DynlockConnectionDetails '" + name + "'"));
	}

	private static Stream<String> beans(Class<?> type, ListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(type, true, false));
	}

	private static boolean isSet(Environment environment, String property) {
		return StringUtils.hasText(environment.getProperty(property));
	}

	private static String withValue(Environment environment, String property) {
		return property + " is set to '" + withoutUser(environment.getProperty(property, "")) + "'";
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
