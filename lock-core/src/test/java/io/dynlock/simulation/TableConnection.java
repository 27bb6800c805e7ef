package io.dynlock.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.LockTable;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.TableFailure;
import org.jspecify.annotations.Nullable;

/**
 * The table as one process reaches it: remembers what was asked, and lets
 * {@linkplain Fault faults} happen. Without faults a request takes no time.
 */
public final class TableConnection implements LockTable {

	private final ModelTable table;

	private final SimulatedProcess process;

	private final List<Request> requests = new ArrayList<>();

	private final Map<Class<? extends Request>, Deque<Fault>> next = new HashMap<>();

	private final Map<Class<? extends Request>, Fault> always = new HashMap<>();

	private boolean prepared = true;

	TableConnection(ModelTable table, SimulatedProcess process) {
		this.table = table;
		this.process = process;
	}

	/**
	 * Lets the next request of a type meet a fault; further calls are for those after it.
	 * @param type which requests
	 * @param fault what happens to it
	 */
	public void next(Class<? extends Request> type, Fault fault) {
		this.next.computeIfAbsent(type, (absent) -> new ArrayDeque<>()).add(fault);
	}

	/**
	 * Lets all requests of a type meet a fault from now on.
	 * @param type which requests
	 * @param fault what happens to them
	 */
	public void always(Class<? extends Request> type, Fault fault) {
		this.always.put(type, fault);
	}

	/**
	 * Lets all requests meet a fault from now on.
	 * @param fault what happens to them
	 */
	public void always(Fault fault) {
		List.of(Request.Acquire.class, Request.MakePermanent.class, Request.Renew.class, Request.Release.class,
				Request.ReleaseForeign.class, Request.Read.class, Request.Prepare.class)
			.forEach((type) -> always(type, fault));
	}

	/** Ends all faults. */
	public void heal() {
		this.next.clear();
		this.always.clear();
	}

	/** From now on the table must be prepared before it is used. */
	public void requirePreparation() {
		this.prepared = false;
	}

	/** What was asked, in order. */
	public List<Request> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * The requests of one type, in order.
	 * @param type which
	 */
	public <R extends Request> List<R> requests(Class<R> type) {
		return this.requests.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** Forgets what was asked. */
	public void clearRequests() {
		this.requests.clear();
	}

	@Override
	public Answer send(Request request) {
		this.requests.add(request);
		return fault(request.getClass()).carry(new Transmission(request));
	}

	private Fault fault(Class<? extends Request> type) {
		@Nullable Fault once = this.next.getOrDefault(type, new ArrayDeque<>()).poll();
		return (once != null) ? once : this.always.getOrDefault(type, Fault.Delivery::apply);
	}

	private Answer apply(Request request) {
		boolean mayPrepare = request instanceof Request.Acquire || request instanceof Request.Read;
		if (mayPrepare && (!this.prepared || this.table.isMissing())) {
			this.prepared = false;
			return new Answer.Failed(
					new TableFailure(TableFailure.Kind.UNPREPARED, "The table must be looked at before it is used"));
		}
		this.prepared |= request instanceof Request.Prepare;
		return this.table.apply(request, this.process.wallMillis());
	}

	private final class Transmission implements Fault.Delivery {

		private final Request request;

		private Transmission(Request request) {
			this.request = request;
		}

		@Override
		public Request request() {
			return this.request;
		}

		@Override
		public Answer apply() {
			return TableConnection.this.apply(this.request);
		}

		@Override
		public void later(Duration delay) {
			long wallMillis = TableConnection.this.process.wallMillis();
			TableConnection.this.process.world()
				.in(delay, () -> TableConnection.this.table.apply(this.request, wallMillis));
		}

		@Override
		public void pass(Duration duration) {
			TableConnection.this.process.world().advance(duration);
		}

		@Override
		public Optional<LockRecord> itemAgo(int changes) {
			return TableConnection.this.table.itemAgo(this.request.key(), changes);
		}

	}

}
