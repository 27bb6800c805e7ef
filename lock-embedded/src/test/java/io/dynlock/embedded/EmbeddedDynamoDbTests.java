package io.dynlock.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

import static io.dynlock.embedded.TestClients.TABLE;
import static io.dynlock.embedded.TestClients.book;
import static io.dynlock.embedded.TestClients.clientOf;
import static io.dynlock.embedded.TestClients.createTable;
import static io.dynlock.embedded.TestClients.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Tests for {@link EmbeddedDynamoDb}.
 */
class EmbeddedDynamoDbTests {

	private static final String LOG_INFO_TO_CONSOLE = """
			<configuration>
				<appender name="console" class="ch.qos.logback.core.ConsoleAppender">
					<encoder>
						<pattern>%level %logger: %msg%n</pattern>
					</encoder>
				</appender>
				<root level="info">
					<appender-ref ref="console"/>
				</root>
			</configuration>
			""";

	@Test
	void storesAnItemAndReadsItBack() {
		try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(); DynamoDbClient client = clientOf(dynamoDb)) {
			createTable(client);
			client.putItem((put) -> put.tableName(TABLE).item(book("Emma", 474)));
			Map<String, AttributeValue> read = client
				.getItem((get) -> get.tableName(TABLE).key(key("Emma")).consistentRead(true))
				.item();
			assertThat(read).isEqualTo(book("Emma", 474));
		}
	}

	@Test
	void returnsTheOldItemWhenTheConditionOfAnUpdateFails() {
		try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(); DynamoDbClient client = clientOf(dynamoDb)) {
			createTable(client);
			client.putItem((put) -> put.tableName(TABLE).item(book("Emma", 474)));
			assertThatExceptionOfType(ConditionalCheckFailedException.class)
				.isThrownBy(() -> client.updateItem((update) -> update.tableName(TABLE)
					.key(key("Emma"))
					.updateExpression("SET pages = :new")
					.conditionExpression("pages = :expected")
					.expressionAttributeValues(
							Map.of(":new", AttributeValue.fromN("1"), ":expected", AttributeValue.fromN("2")))
					.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
				.satisfies((failure) -> assertThat(failure.item()).isEqualTo(book("Emma", 474)));
		}
	}

	@Test
	void listensOnTheLoopbackAddressOnly() throws IOException {
		try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start()) {
			connect(InetAddress.getLoopbackAddress(), dynamoDb.port());
			List<InetAddress> reachableFromOutside = nonLoopbackAddresses();
			assumeFalse(reachableFromOutside.isEmpty(), "has no address but loopback");
			assertThat(reachableFromOutside).allSatisfy((address) -> assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> connect(address, dynamoDb.port())));
		}
	}

	@Test
	void namesThePortThatIsTaken() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = other.getLocalPort();
			assertThatExceptionOfType(PortUnavailableException.class).isThrownBy(() -> EmbeddedDynamoDb.start(port))
				.withMessage("Port %d on 127.0.0.1 is not available: Address already in use", port)
				.satisfies((failure) -> assertThat(failure.port()).isEqualTo(port));
		}
	}

	@Test
	void rejectsAPortOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedDynamoDb.start(0));
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedDynamoDb.start(65536))
			.withMessage("The port must be between 1 and 65535 but is 65536");
	}

	@Test
	void closeFreesThePortAndDropsTheData() {
		EmbeddedDynamoDb first = EmbeddedDynamoDb.start();
		int port = first.port();
		try (DynamoDbClient client = clientOf(first)) {
			createTable(client);
		}
		first.close();
		first.close();
		try (EmbeddedDynamoDb second = EmbeddedDynamoDb.start(port); DynamoDbClient client = clientOf(second)) {
			assertThat(second.endpoint()).hasToString("http://127.0.0.1:" + port);
			assertThat(client.listTables().tableNames()).isEmpty();
		}
	}

	@Test
	void closeRefusesFurtherConnections() {
		EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
		dynamoDb.close();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> connect(InetAddress.getLoopbackAddress(), dynamoDb.port()));
	}

	@Test
	void twoInstancesShareNothing() {
		try (EmbeddedDynamoDb one = EmbeddedDynamoDb.start();
				EmbeddedDynamoDb other = EmbeddedDynamoDb.start();
				DynamoDbClient clientOfOne = clientOf(one);
				DynamoDbClient clientOfOther = clientOf(other)) {
			createTable(clientOfOne);
			assertThat(one.port()).isNotEqualTo(other.port());
			assertThat(clientOfOne.listTables().tableNames()).containsExactly(TABLE);
			assertThat(clientOfOther.listTables().tableNames()).isEmpty();
		}
	}

	@Test
	void printsNothingAndLeavesNothingRunning(@TempDir Path directory) throws Exception {
		Path logging = Files.writeString(directory.resolve("logback.xml"), LOG_INFO_TO_CONSOLE);
		ProgramRun run = run(QuietProgram.class, directory, "-Dlogback.configurationFile=" + logging);
		assertThat(run.output()).isEmpty();
		assertThat(run.exitCode()).isZero();
	}

	@Test
	void loadsNoTelemetryCode(@TempDir Path directory) throws Exception {
		Path loadedClasses = directory.resolve("classes.txt");
		ProgramRun run = run(QuietProgram.class, directory, "-Xlog:class+load:file=" + loadedClasses);
		assertThat(run.exitCode()).isZero();
		assertThat(loadedClasses).content()
			.contains("software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler")
			.doesNotContain("software.amazon.dynamodb.services.local.monitoring");
	}

	@Test
	void hasNoClientToSendTelemetryWith() {
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Class.forName("software.amazon.awssdk.services.pinpoint.PinpointClient"));
	}

	private static void connect(InetAddress address, int port) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address, port), 2000);
		}
	}

	private static List<InetAddress> nonLoopbackAddresses() throws IOException {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> !address.isLoopbackAddress())
			.toList();
	}

	private static ProgramRun run(Class<?> program, Path directory, String... options)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		if (Runtime.version().feature() >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
		Path output = directory.resolve("output.txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().remove("DDB_LOCAL_TELEMETRY");
		Process process = builder.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended by itself").isTrue();
			return new ProgramRun(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private record ProgramRun(int exitCode, String output) {
	}

}
