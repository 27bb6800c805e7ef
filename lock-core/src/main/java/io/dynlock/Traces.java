package io.dynlock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that follow one caller; none of them can disturb the others, or the lock.
 */
final class Traces implements LockTrace {

	private static final Logger logger = LoggerFactory.getLogger(Traces.class);

	private final List<LockTrace> traces;

	Traces(List<LockTrace> traces) {
		this.traces = traces;
	}

	@Override
	public Scope waiting() {
		return open(LockTrace::waiting);
	}

	@Override
	public void acquired(Lease lease) {
		tell(this.traces, (trace) -> trace.acquired(lease));
	}

	@Override
	public void gaveUp(LockListener.Outcome outcome, Optional<Throwable> failure) {
		tell(this.traces, (trace) -> trace.gaveUp(outcome, failure));
	}

	@Override
	public Scope running() {
		return open(LockTrace::running);
	}

	@Override
	public void ended(Optional<LossReason> loss) {
		tell(this.traces, (trace) -> trace.ended(loss));
	}

	/** Scopes are closed in the opposite order. */
	private Scope open(Function<LockTrace, Scope> scope) {
		if (this.traces.isEmpty()) {
			return Scope.NONE;
		}
		List<Scope> opened = new ArrayList<>();
		tell(this.traces, (trace) -> opened.add(scope.apply(trace)));
		Collections.reverse(opened);
		return () -> tell(opened, Scope::close);
	}

	private static <T> void tell(List<T> receivers, Consumer<T> event) {
		for (T receiver : receivers) {
			try {
				event.accept(receiver);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("The lock trace {} failed; it is told of further events all the same", receiver, ex);
			}
		}
	}

}
