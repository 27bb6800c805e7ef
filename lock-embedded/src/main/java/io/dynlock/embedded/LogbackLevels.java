package io.dynlock.embedded;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * Quiet levels for loggers of DynamoDB Local and its server, where nobody has set any.
 * Only for use if Logback is on the class path.
 */
final class LogbackLevels {

	private static final Map<String, Level> QUIET = Map.of(
			// reports each request, and each failed condition with a stack trace
			"software.amazon.dynamodb.services", Level.OFF,
			// reports that the server starts and stops
			"org.eclipse.jetty", Level.WARN);

	private LogbackLevels() {
	}

	static void quieten() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			QUIET.forEach((name, level) -> {
				Logger logger = context.getLogger(name);
				if (logger.getLevel() == null) {
					logger.setLevel(level);
				}
			});
		}
	}

}
