package io.dynlock.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * A DynamoDB in this JVM: Amazon's DynamoDB Local, in memory, for tests and
 * demonstrations. Never use it for data that must last or for exclusion between machines.
 * <p>
 * Every instance has its own data, which all credentials and regions share and which is
 * gone after {@link #close()}. It listens on the loopback address only, prints nothing,
 * and sends none of DynamoDB Local's telemetry.
 * <p>
 * DynamoDB Local logs each request through SLF4J, and each failed condition with a stack
 * trace. If Logback is there, starting an instance turns the logger
 * {@code software.amazon.dynamodb.services} off and sets {@code org.eclipse.jetty} to
 * WARN, each unless it has a level already. Another backend has to be told so in its
 * configuration.
 * <p>
 * Instances are safe for use by several threads. One that is not closed keeps the JVM
 * running.
 *
 * @since 0.1.0
 */
public final class EmbeddedDynamoDb implements AutoCloseable {

	private static final String HOST = "127.0.0.1";

	private static final int ANY_FREE_PORT = 0;

	private final Server server;

	private final LocalDynamoDBServerHandler handler;

	private final int port;

	private final AtomicBoolean closed = new AtomicBoolean();

	private EmbeddedDynamoDb(Server server, LocalDynamoDBServerHandler handler, int port) {
		this.server = server;
		this.handler = handler;
		this.port = port;
	}

	/**
	 * Start a DynamoDB on a free port.
	 * @return the running instance, to be closed by the caller
	 * @throws IllegalStateException if DynamoDB Local does not start, for example because
	 * it has no native library for this platform
	 */
	public static EmbeddedDynamoDb start() {
		return startOn(ANY_FREE_PORT);
	}

	/**
	 * Start a DynamoDB on the given port.
	 * @param port the port to listen on, between 1 and 65535
	 * @return the running instance, to be closed by the caller
	 * @throws IllegalArgumentException if the port is out of range
	 * @throws PortUnavailableException if the port is taken or may not be used
	 * @throws IllegalStateException if DynamoDB Local does not start, for example because
	 * it has no native library for this platform
	 */
	public static EmbeddedDynamoDb start(int port) {
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("The port must be between 1 and 65535 but is " + port);
		}
		return startOn(port);
	}

	private static EmbeddedDynamoDb startOn(int port) {
		quieten();
		QueuedThreadPool threads = new QueuedThreadPool();
		threads.setName("embedded-dynamodb");
		threads.setDaemon(true);
		Server server = new Server(threads);
		ServerConnector connector = listen(server, port);
		LocalDynamoDBServerHandler handler = null;
		try {
			handler = newHandler();
			server.setHandler(handler);
			server.start();
			return new EmbeddedDynamoDb(server, handler, connector.getLocalPort());
		}
		// a missing native library is an Error
		catch (Exception | LinkageError ex) {
			IllegalStateException failure = new IllegalStateException("DynamoDB Local does not start", ex);
			connector.close();
			stop(server, handler, failure);
			throw failure;
		}
	}

	private static void quieten() {
		try {
			LogbackLevels.quieten();
		}
		catch (NoClassDefFoundError ex) {
			// no Logback: its levels are for the application to set
		}
	}

	/** DynamoDB Local's own server would listen on every address, hence this one. */
	private static ServerConnector listen(Server server, int port) {
		HttpConfiguration http = new HttpConfiguration();
		http.setSendServerVersion(false);
		ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
		connector.setHost(HOST);
		connector.setPort(port);
		server.addConnector(connector);
		try {
			connector.open();
			return connector;
		}
		catch (IOException ex) {
			BindException refusal = findBindException(ex);
			throw (refusal != null) ? new PortUnavailableException(HOST, port, refusal) : new UncheckedIOException(ex);
		}
	}

	private static @Nullable BindException findBindException(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException refusal) {
				return refusal;
			}
		}
		return null;
	}

	/**
	 * The handler sends no telemetry: that is done by DynamoDB Local's launchers, which
	 * are left out here.
	 */
	private static LocalDynamoDBServerHandler newHandler() throws Exception {
		SQLiteLibraryLoader.initialize();
		int authorityLevel = 0;
		boolean inMemory = true;
		String databaseDirectory = null;
		boolean sharedDatabase = true;
		boolean delayTransientStatuses = false;
		String allowedOrigins = null;
		return new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(authorityLevel, inMemory,
				databaseDirectory, sharedDatabase, delayTransientStatuses), allowedOrigins);
	}

	/**
	 * The address for a client's endpoint override. A client also needs a region and
	 * credentials; any will do.
	 * @return for example {@code http://127.0.0.1:8000}
	 */
	public URI endpoint() {
		return URI.create("http://" + HOST + ":" + this.port);
	}

	/**
	 * The port listened on.
	 * @return the port, never 0
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Stop listening, end the threads and drop the data. Further calls do nothing.
	 * @throws IllegalStateException if the server does not stop properly
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		IllegalStateException failure = new IllegalStateException("DynamoDB Local does not stop properly");
		stop(this.server, this.handler, failure);
		if (failure.getSuppressed().length > 0) {
			throw failure;
		}
	}

	private static void stop(Server server, @Nullable LocalDynamoDBServerHandler handler, Exception failure) {
		try {
			server.stop();
		}
		catch (Exception ex) {
			failure.addSuppressed(ex);
		}
		if (handler != null) {
			handler.close();
		}
	}

	@Override
	public String toString() {
		return "EmbeddedDynamoDb[" + endpoint() + "]";
	}

}
