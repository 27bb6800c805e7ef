package io.dynlock.embedded;

import java.io.UncheckedIOException;
import java.net.BindException;

/**
 * Thrown when the requested port cannot be listened on, mostly because another process
 * does so already.
 *
 * @since 0.1.0
 */
public class PortUnavailableException extends UncheckedIOException {

	private static final long serialVersionUID = 1L;

	/** The port that was requested. */
	private final int port;

	PortUnavailableException(String host, int port, BindException cause) {
		super("Port %d on %s is not available: %s".formatted(port, host, cause.getMessage()), cause);
		this.port = port;
	}

	/**
	 * The port that was requested.
	 * @return the port, as passed to {@link EmbeddedDynamoDb#start(int)}
	 */
	public int port() {
		return this.port;
	}

}
