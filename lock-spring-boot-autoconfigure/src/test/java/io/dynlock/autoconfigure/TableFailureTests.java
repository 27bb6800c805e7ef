package io.dynlock.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockTableException;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said about the table where something acquires a lock while the application
 * starts: of which client it is, and which of its properties to set.
 */
class TableFailureTests {

	/** Of the default client, and of a named one. */
	private static FailureAnalysis analyze(String client, ApplicationContextRunner runner, String... properties) {
		String[] full = Arrays.stream(properties).map((property) -> client + "." + property).toArray(String[]::new);
		Class<? extends Eager> eager = client.equals("dynlock") ? Eager.class : EagerOfEu.class;
		FailureAnalysis analysis = StartUpFailures.of(runner.withPropertyValues(full).withBean(eager));
		assertThat(analysis.getCause()).isInstanceOf(LockTableException.class);
		assertThat(analysis.getAction()).doesNotContain("{client}");
		return analysis;
	}

	@Nested
	class OnDynamoDb {

		private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner();

		@ParameterizedTest
		@CsvSource({ "dynlock, validate", "dynlock, none", "dynlock.clients.eu, validate", "dynlock.clients.eu, none" })
		void aMissingTableThatMayNotBeCreated(String client, String mode) {
			FailureAnalysis analysis = analyze(client, this.runner, "table=missing", "table-creation.mode=" + mode);
			assertThat(analysis.getDescription())
				.contains("The table 'missing' does not exist in this account and region");
			assertThat(analysis.getAction())
				.isEqualTo("Create the table, or have it created with %1$s.table-creation.mode=create; if it exists,"
					.formatted(client) + " correct %1$s.table, %1$s.region or %1$s.endpoint.".formatted(client));
		}

		@ParameterizedTest
		@ValueSource(strings = { "dynlock", "dynlock.clients.eu" })
		void aTableWithAnotherKey(String client) {
			createTableWithAnotherKey(SharedDynamoDb.client(), "another-key-of-" + client);
			FailureAnalysis analysis = analyze(client, this.runner, "table=another-key-of-" + client);
			assertThat(analysis.getDescription()).contains("cannot hold locks", "id (HASH, N)");
			assertThat(analysis.getAction()).startsWith("Set " + client + ".table to a table that has the partition key"
					+ " 'LockID' of type String and no sort key, or");
		}

		@ParameterizedTest
		@ValueSource(strings = { "dynlock", "dynlock.clients.eu" })
		void aTableWithAnotherKeyThatWasNotVerified(String client) {
			createTableWithAnotherKey(SharedDynamoDb.client(), "not-verified-of-" + client);
			FailureAnalysis analysis = analyze(client, this.runner, "table=not-verified-of-" + client,
					"table-creation.mode=none");
			assertThat(analysis.getDescription()).contains("has the table the partition key 'LockID'");
			assertThat(analysis.getAction()).contains("Set " + client + ".table to a table that has the partition key",
					client + ".table-creation.mode=validate");
		}

		private static void createTableWithAnotherKey(DynamoDbClient client, String name) {
			client.createTable((table) -> table.tableName(name)
				.overrideConfiguration((request) -> request.apiCallAttemptTimeout(Duration.ofSeconds(30)))
				.billingMode(BillingMode.PAY_PER_REQUEST)
				.keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
				.attributeDefinitions(AttributeDefinition.builder()
					.attributeName("id")
					.attributeType(ScalarAttributeType.N)
					.build()));
		}

	}

	@Nested
	class InTheWordsOfAws {

		private static final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner();

		@ParameterizedTest
		@CsvSource({ "dynlock, DescribeTable, validate", "dynlock, UpdateItem, none",
				"dynlock.clients.eu, UpdateItem, none" })
		void anActionThatIsNotAllowed(String client, String operation, String mode) throws IOException {
			FailureAnalysis analysis = refused(client, "AccessDeniedException",
					"User: arn:aws:iam::123456789012:user/me is not authorized to perform: dynamodb:" + operation
							+ " on resource: arn:aws:dynamodb:us-east-1:123456789012:table/dynlock because no"
							+ " identity-based policy allows the dynamodb:" + operation + " action",
					mode);
			assertThat(analysis.getDescription()).contains(operation + " on the table 'dynlock' failed",
					"is not authorized to perform: dynamodb:" + operation);
			assertThat(analysis.getAction()).contains("{\"Effect\": \"Allow\", \"Action\": \"dynamodb:" + operation
					+ "\", \"Resource\": \"arn:aws:dynamodb:us-east-1:123456789012:table/dynlock\"}");
		}

		@ParameterizedTest
		@CsvSource({ "dynlock, UnrecognizedClientException", "dynlock, InvalidSignatureException",
				"dynlock.clients.eu, ExpiredTokenException" })
		void credentialsThatAreWrong(String client, String error) throws IOException {
			FailureAnalysis analysis = refused(client, error, "They are not right", "validate");
			assertThat(analysis.getDescription()).contains("They are not right");
			assertThat(analysis.getAction()).isEqualTo("Renew or correct the AWS credentials, such as " + client
					+ ".credentials, and the clock of this host.");
		}

		private static FailureAnalysis refused(String client, String error, String message, String mode)
				throws IOException {
			return answered(client, 400, """
					{"__type": "com.amazonaws.dynamodb.v20120810#%s", "Message": "%s"}""".formatted(error, message),
					"table-creation.mode=" + mode);
		}

		@ParameterizedTest
		@ValueSource(strings = { "dynlock", "dynlock.clients.eu" })
		void aTableThatDoesNotBecomeActive(String client) throws IOException {
			FailureAnalysis analysis = answered(client, 200, """
					{"Table": {"TableName": "dynlock", "TableStatus": "CREATING"}}""",
					"table-creation.active-timeout=1ms");
			assertThat(analysis.getDescription()).contains("is not ACTIVE", "last status: CREATING");
			assertThat(analysis.getAction())
				.isEqualTo("Look at the table in the AWS console, or wait longer for it with " + client
						+ ".table-creation.active-timeout.");
		}

		private static FailureAnalysis answered(String client, int status, String answer, String property)
				throws IOException {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> answer(exchange, status, answer));
			server.start();
			try {
				return analyze(client, runner, "endpoint=http://127.0.0.1:" + server.getAddress().getPort(), property);
			}
			finally {
				server.stop(0);
			}
		}

		private static void answer(HttpExchange exchange, int status, String answer) throws IOException {
			byte[] body = answer.getBytes(StandardCharsets.UTF_8);
			try (exchange) {
				exchange.getRequestBody().readAllBytes();
				exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
				exchange.sendResponseHeaders(status, body.length);
				exchange.getResponseBody().write(body);
			}
		}

		@Test
		void aClientOfTheApplicationWithoutCredentials() {
			FailureAnalysis analysis = analyze("dynlock",
					SharedDynamoDb.bareContextRunner()
						.withBean(DynamoDbClient.class,
								() -> DynamoDbClient.builder().region(Region.US_EAST_1).credentialsProvider(() -> {
									throw SdkClientException.create("Unable to load credentials from anywhere");
								}).build()));
			assertThat(analysis.getDescription()).contains("no AWS credentials could be found");
			assertThat(analysis.getAction()).startsWith("Set dynlock.credentials, AWS_ACCESS_KEY_ID and"
					+ " AWS_SECRET_ACCESS_KEY, or a profile, run with an IAM role, or give the application's");
		}

		/** Whatever it is called, no property is. */
		@Test
		void aTemplateOfTheApplicationItself() throws IOException {
			FailureAnalysis analysis = analyze("dynlock",
					SharedDynamoDb.contextRunner()
						.withBean(DynlockTemplateCustomizer.class, () -> (client, builder) -> builder.name("Of Mine")),
					"table=missing", "table-creation.mode=none");
			assertThat(analysis.getAction()).contains("dynlock.table,");
		}

	}

	static class Eager implements InitializingBean {

		private final DistributedLockTemplate locks;

		Eager(DistributedLockTemplate locks) {
			this.locks = locks;
		}

		@Override
		public void afterPropertiesSet() {
			this.locks.acquire("start-up").close();
		}

	}

	static class EagerOfEu extends Eager {

		EagerOfEu(@Qualifier("eu") DistributedLockTemplate locks) {
			super(locks);
		}

	}

}
