package io.dynlock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of a template; none of them can disturb the others, or the lock.
 */
final class Listeners {

	private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

	private final List<LockListener> listeners;

	Listeners(List<LockListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/** Whoever follows a caller. */
	Traces follow(String key, String name) {
		List<LockTrace> traces = new ArrayList<>();
		tell((listener) -> {
			LockTrace trace = listener.follow(key, name);
			if (trace != LockListener.NOT_FOLLOWED) {
				traces.add(trace);
			}
		});
		return new Traces(traces);
	}

	void tell(Consumer<LockListener> event) {
		for (LockListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("The lock listener {} failed; it is told of further events all the same", listener, ex);
			}
		}
	}

}
