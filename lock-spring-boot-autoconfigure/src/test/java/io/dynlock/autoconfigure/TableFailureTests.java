package io.dynlock.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockTableException;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said about the table where something acquires a lock while the application
 * starts.
 */
class TableFailureTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner();

	private static ApplicationContextRunner acquiring(ApplicationContextRunner runner) {
		return runner.withBean(Eager.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "validate", "none" })
	void aMissingTableThatMayNotBeCreated(String mode) {
		FailureAnalysis analysis = StartUpFailures.of(acquiring(
				this.runner.withPropertyValues("dynlock.table=missing", "dynlock.table-creation.mode=" + mode)));
		assertThat(analysis.getDescription()).contains("The table 'missing' does not exist in this account and region");
		assertThat(analysis.getAction()).contains("dynlock.table-creation.mode=create", "dynlock.table",
				"dynlock.region", "dynlock.endpoint", "dynlock.clients");
		assertThat(analysis.getCause()).isInstanceOf(LockTableException.class);
	}

	@Test
	void aTableWithAnotherKey() {
		this.runner.run((context) -> createTableWithAnotherKey(context.getBean(DynamoDbClient.class)));
		FailureAnalysis analysis = StartUpFailures
			.of(acquiring(this.runner.withPropertyValues("dynlock.table=another-key")));
		assertThat(analysis.getDescription()).contains("The table 'another-key' cannot hold locks", "id (HASH, N)");
		assertThat(analysis.getAction()).contains("Set dynlock.table", "partition key 'LockID' of type String");
	}

	private static void createTableWithAnotherKey(DynamoDbClient client) {
		client.createTable((table) -> table.tableName("another-key")
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
			.attributeDefinitions(
					AttributeDefinition.builder().attributeName("id").attributeType(ScalarAttributeType.N).build()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DescribeTable", "UpdateItem" })
	void anActionThatIsNotAllowed(String operation) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> deny(exchange, operation));
		server.start();
		try {
			FailureAnalysis analysis = StartUpFailures.of(acquiring(SharedDynamoDb.offlineContextRunner()
				.withPropertyValues("dynlock.endpoint=http://127.0.0.1:" + server.getAddress().getPort(),
						"dynlock.table-creation.mode=" + (operation.equals("UpdateItem") ? "none" : "validate"))));
			assertThat(analysis.getDescription()).contains(operation + " on the table 'dynlock' failed",
					"is not authorized to perform: dynamodb:" + operation);
			assertThat(analysis.getAction()).contains("{\"Effect\": \"Allow\", \"Action\": \"dynamodb:" + operation
					+ "\", \"Resource\": \"arn:aws:dynamodb:us-east-1:123456789012:table/dynlock\"}");
		}
		finally {
			server.stop(0);
		}
	}

	/** In the words of IAM. */
	private static void deny(HttpExchange exchange, String operation) throws IOException {
		byte[] body = """
				{"__type": "com.amazonaws.dynamodb.v20120810#AccessDeniedException",
				 "Message": "User: arn:aws:iam::123456789012:user/me is not authorized to perform: dynamodb:%s \
				on resource: arn:aws:dynamodb:us-east-1:123456789012:table/dynlock \
				because no identity-based policy allows the dynamodb:%s action"}""".formatted(operation, operation)
			.getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
			exchange.sendResponseHeaders(400, body.length);
			exchange.getResponseBody().write(body);
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

}
