package io.dynlock.autoconfigure;

import java.net.URI;
import java.time.Duration;

import io.dynlock.DynamoDbClients;
import io.dynlock.LockConfigurationException;
import io.dynlock.autoconfigure.DynlockProperties.EmbeddedProperties;
import io.dynlock.embedded.EmbeddedDynamoDb;
import io.dynlock.embedded.PortUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.util.ClassUtils;

/**
 * The DynamoDB Local that this application uses: its own, or one that is there already.
 */
final class EmbeddedServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedServer.class);

	/** What listens on the port may accept requests and never answer. */
	private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

	private final URI endpoint;

	private final AutoCloseable server;

	private EmbeddedServer(URI endpoint, AutoCloseable server) {
		this.endpoint = endpoint;
		this.server = server;
	}

	static EmbeddedServer start(EmbeddedProperties properties, @Nullable ClassLoader classLoader) {
		if (!ClassUtils.isPresent("io.dynlock.embedded.EmbeddedDynamoDb", classLoader)) {
			throw new LockConfigurationException(
					"dynlock.embedded.enabled is true, but DynamoDB Local is not on the class path.",
					"Add the dependency io.dynlock:lock-embedded, for tests with scope 'test'.");
		}
		OptionsMapper.apply("dynlock.embedded.port", properties.port(), EmbeddedServer::verifyPort);
		return Starter.start(properties);
	}

	URI endpoint() {
		return this.endpoint;
	}

	@Override
	public void close() throws Exception {
		this.server.close();
	}

	private static void verifyPort(int port) {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException("use 1 to 65535, or 0 for any free port");
		}
	}

	/** Kept apart, because it needs the optional module. */
	private static final class Starter {

		static EmbeddedServer start(EmbeddedProperties properties) {
			try {
				EmbeddedDynamoDb server = (properties.port() == 0) ? EmbeddedDynamoDb.start()
						: EmbeddedDynamoDb.start(properties.port());
				logger.warn("Locks are in DynamoDB Local inside this application, at {}: for development and tests"
						+ " only, everything is gone when it ends", server.endpoint());
				if (properties.reuse() && properties.port() == 0) {
					logger.warn("No other process shares it, although dynlock.embedded.reuse is true: set"
							+ " dynlock.embedded.port to the port that they share, other than 0");
				}
				return new EmbeddedServer(server.endpoint(), server);
			}
			catch (PortUnavailableException ex) {
				return join(properties, ex);
			}
		}

		private static EmbeddedServer join(EmbeddedProperties properties, PortUnavailableException taken) {
			URI endpoint = URI.create("http://127.0.0.1:" + properties.port());
			if (properties.reuse() && isDynamoDb(endpoint)) {
				logger.warn("Locks are in the DynamoDB Local of another process on this host, at {}: for development"
						+ " and tests only", endpoint);
				return new EmbeddedServer(endpoint, () -> {
				});
			}
			throw new LockConfigurationException(
					"The embedded DynamoDB Local cannot listen on port " + properties.port() + ": "
							+ (properties.reuse() ? "something else than DynamoDB Local listens there."
									: "the port is taken."),
					"Choose another port with dynlock.embedded.port (0 for any free one), end what listens there, or"
							+ " set dynlock.embedded.reuse=true to share the DynamoDB Local of another process.",
					taken);
		}

		private static boolean isDynamoDb(URI endpoint) {
			try (DynamoDbClient client = DynamoDbClients.builder().endpoint(endpoint).local().build()) {
				client.listTables((request) -> request
					.overrideConfiguration((configuration) -> configuration.apiCallTimeout(PROBE_TIMEOUT)));
				return true;
			}
			catch (SdkException ex) {
				logger.debug("No DynamoDB answers at {}", endpoint, ex);
				return false;
			}
		}

	}

}
