package io.dynlock.testing;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is logged, and keeps it from the log, until it is closed. Thread-safe.
 */
public final class LogCapture implements AutoCloseable {

	private final Logger logger;

	private final Level usual;

	/** Lists change in the threads of the locks while the test looks. */
	private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {

		@Override
		protected synchronized void append(ILoggingEvent event) {
			super.append(event);
		}

	};

	private LogCapture(Logger logger, Level level) {
		this.logger = logger;
		this.usual = logger.getLevel();
		this.appender.start();
		logger.addAppender(this.appender);
		logger.setLevel(level);
		logger.setAdditive(false);
	}

	/**
	 * Begins.
	 * @param logger whose messages, by its name
	 * @param level from which level on
	 */
	public static LogCapture of(String logger, Level level) {
		return new LogCapture((Logger) LoggerFactory.getLogger(logger), level);
	}

	/** The messages so far. */
	public List<String> told() {
		synchronized (this.appender) {
			return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		}
	}

	@Override
	public void close() {
		this.logger.setLevel(this.usual);
		this.logger.setAdditive(true);
		this.logger.detachAppender(this.appender);
	}

}
