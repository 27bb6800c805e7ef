package io.dynlock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes this process, for people.
 */
final class ProcessOwner {

	private static final Logger logger = LoggerFactory.getLogger(ProcessOwner.class);

	private ProcessOwner() {
	}

	static String describe(String application) {
		String instance = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
		return application + "@" + host() + ":" + ProcessHandle.current().pid() + ":" + instance;
	}

	/** The environment is asked first: a look-up may take seconds where DNS is slow. */
	private static String host() {
		return Optional.ofNullable(System.getenv("HOSTNAME"))
			.filter((name) -> !name.isBlank())
			.orElseGet(ProcessOwner::lookUpHost);
	}

	private static String lookUpHost() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			logger.debug("This host does not know its name", ex);
			return "unknown-host";
		}
	}

}
