package io.dynlock.autoconfigure;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LockTableException;
import io.dynlock.LockTimeoutException;
import io.dynlock.actuate.LockEndpoint;
import io.dynlock.actuate.TableHealth;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * No part of the credentials comes out, whatever happens: not in the log at DEBUG, in a
 * message, a text of an object, an endpoint, or what the start-up says of its failure.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class CredentialsInOutputTests {

	/** Part of all credentials here, and of nothing else. */
	private static final String SECRET = "HUSH";

	/** In other tests, leases are to be lost. */
	private static final String LOSSES = "io.dynlock.TemplateLease";

	private static final String[] CREDENTIALS = { "dynlock.credentials.access-key=AKIAHUSHONE",
			"dynlock.credentials.secret-key=secretHUSHone", "dynlock.credentials.session-token=tokenHUSHone",
			"dynlock.clients.eu.credentials.access-key=AKIAHUSHTWO",
			"dynlock.clients.eu.credentials.secret-key=secretHUSHtwo",
			"dynlock.clients.eu.credentials.session-token=tokenHUSHtwo" };

	private final LoggingSystem logging = LoggingSystem.get(CredentialsInOutputTests.class.getClassLoader());

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner().withPropertyValues(CREDENTIALS);

	@BeforeEach
	void logEverything() {
		Stream.of("io.dynlock", LOSSES, "org.springframework")
			.forEach((name) -> this.logging.setLogLevel(name, LogLevel.DEBUG));
	}

	@AfterEach
	void logAsInOtherTests() {
		Stream.of("io.dynlock", "org.springframework").forEach((name) -> this.logging.setLogLevel(name, null));
		this.logging.setLogLevel(LOSSES, LogLevel.ERROR);
	}

	@Test
	void locksAtWork(CapturedOutput output) {
		this.runner
			.run((context) -> Stream.of("distributedLockTemplate", "distributedLockTemplate-eu").forEach((name) -> {
				DistributedLockTemplate locks = context.getBean(name, DistributedLockTemplate.class);
				try (Lease lease = locks.acquire("held")) {
					LockTimeoutException busy = catchThrowableOfType(LockTimeoutException.class, () -> locks
						.acquire("held", locks.options().toBuilder().waitTimeout(Duration.ofMillis(50)).build()));
					assertThat(trace(busy) + lease + locks + locks.status("held") + locks.held()).contains("held")
						.doesNotContain(SECRET);
					locks.forceRelease("held");
					LockLostException lost = catchThrowableOfType(LockLostException.class, lease::renew);
					assertThat(trace(lost)).contains("held").doesNotContain(SECRET);
				}
				locks.acquire("held").close();
			}));
		assertThat(output)
			.contains("DEBUG", "Released the lock 'held'", "Lost the lock 'held'", "Lock client 'eu'",
					"Creating shared instance of singleton bean 'dynlockLockClientFactory'")
			.doesNotContain(SECRET);
	}

	@Test
	void textsOfObjects() {
		this.runner.run((context) -> {
			assertThat(context.getBean(DynlockClientProperties.class).toString())
				.contains("table=" + context.getBean(DistributedLockTemplate.class).tableOptions().table())
				.doesNotContain(SECRET);
			ClientSettings eu = ClientSettings.ofNamed("eu", context.getEnvironment());
			assertThat(eu.properties().credentials().secretKey()).contains(SECRET);
			assertThat(eu.properties().toString()).contains("table=").doesNotContain(SECRET);
		});
	}

	@Test
	void endpoints() {
		this.runner
			.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class,
					ConfigurationPropertiesReportEndpointAutoConfiguration.class,
					EnvironmentEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> {
				context.getBean("distributedLockTemplate", DistributedLockTemplate.class).acquire("held");
				LockEndpoint locks = new LockEndpoint(context);
				assertThat(locks.overview().toString() + locks.locks("default", null, null)).contains("key=held")
					.doesNotContain(SECRET);
				assertThat(configuration(context)).contains("access-key", "sessionToken", "******")
					.doesNotContain(SECRET);
				assertThat(environment(context)).contains("dynlock.clients.eu.credentials.secret-key=******")
					.doesNotContain(SECRET);
				assertThat(TableHealth.of(context).toString()).contains("us-east-1").doesNotContain(SECRET);
			});
	}

	private static String configuration(ApplicationContext context) {
		StringBuilder text = new StringBuilder();
		context.getBean(ConfigurationPropertiesReportEndpoint.class)
			.configurationProperties()
			.getContexts()
			.values()
			.forEach((each) -> each.getBeans()
				.forEach((name, bean) -> text.append(name).append(bean.getProperties()).append(bean.getInputs())));
		return text.toString();
	}

	private static String environment(ApplicationContext context) {
		StringBuilder text = new StringBuilder();
		context.getBean(EnvironmentEndpoint.class)
			.environment(null)
			.getPropertySources()
			.forEach((source) -> source.getProperties()
				.forEach((name, value) -> text.append(name).append('=').append(value.getValue()).append('\n')));
		return text.toString();
	}

	@Test
	void startUpsThatFail(CapturedOutput output) {
		Stream
			.of("dynlock.credentials.profile=other", "dynlock.clients.us.credentials.secret-key=secretHUSHthree",
					"dynlock.clients.us.credentials.session-token=tokenHUSHthree", "dynlock.lease.duration=5ms",
					"dynlock.clients.eu.lease.mode=sometimes", "dynlock.embedded.enabled=true")
			.forEach((mistake) -> {
				FailureAnalysis analysis = StartUpFailures.of(this.runner.withPropertyValues(mistake));
				assertThat(analysis.getDescription() + analysis.getAction() + trace(analysis.getCause())).as(mistake)
					.contains("dynlock.")
					.doesNotContain(SECRET);
			});
		assertThat(output).contains("DEBUG").doesNotContain(SECRET);
	}

	@Test
	void anEndpointWithAPasswordBesideTheEmbeddedServer() {
		FailureAnalysis analysis = StartUpFailures
			.of(this.runner.withPropertyValues("dynlock.region=", "dynlock.clients.eu.region=",
					"dynlock.embedded.enabled=true", "dynlock.endpoint=http://user:passwordHUSH@localhost:8000"));
		assertThat(analysis.getDescription() + trace(analysis.getCause()))
			.contains("dynlock.endpoint is set to 'http://localhost:8000'")
			.doesNotContain(SECRET);
	}

	@Test
	void aClientOfTheApplicationThatContradictsThem(CapturedOutput output) {
		FailureAnalysis analysis = StartUpFailures.of(this.runner.withBean("theirs", DynamoDbClient.class,
				() -> DynamoDbClients.builder().endpoint(SharedDynamoDb.endpoint()).local().build(),
				(definition) -> definition.setLazyInit(true)));
		assertThat(analysis.getDescription() + analysis.getAction() + output).contains("dynlock.credentials are set")
			.doesNotContain(SECRET);
	}

	/** In answer to a wrong signature, AWS repeats the request as it should have been. */
	@Test
	void answersThatRepeatTheRequest(CapturedOutput output) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", CredentialsInOutputTests::repeat);
		server.start();
		try {
			this.runner.withPropertyValues("dynlock.endpoint=http://127.0.0.1:" + server.getAddress().getPort())
				.run((context) -> {
					DistributedLockTemplate locks = context.getBean("distributedLockTemplate-eu",
							DistributedLockTemplate.class);
					LockTableException failure = catchThrowableOfType(LockTableException.class,
							() -> locks.acquire("held"));
					assertThat(trace(failure)).contains("The signature does not match").doesNotContain(SECRET);
					assertThat(TableHealth.of(context).toString()).contains("The signature does not match")
						.doesNotContain(SECRET);
				});
		}
		finally {
			server.stop(0);
		}
		assertThat(output).contains("DEBUG").doesNotContain(SECRET);
	}

	private static void repeat(HttpExchange exchange) throws IOException {
		String token = exchange.getRequestHeaders().getFirst("X-Amz-Security-Token");
		byte[] body = """
				{"__type": "com.amazon.coral.service#InvalidSignatureException", "message": "The signature does not \
				match.\\n\\nThe Canonical String for this request should have been\\n'POST\\n/\\nx-amz-security-token:%s'"}"""
			.formatted(token)
			.getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
			exchange.sendResponseHeaders(400, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static String trace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
