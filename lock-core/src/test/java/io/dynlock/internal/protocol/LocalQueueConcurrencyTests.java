package io.dynlock.internal.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.dynlock.internal.time.Reading;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * The line of a process under threads that come, give up, pass on and hand on, in every
 * order: Lincheck compares what each sees with a line that one thread at a time uses. So
 * one is first, they are served in the order in which they came, nobody is forgotten, and
 * whoever cannot leave any more has been called.
 * <p>
 * {@code -Ddynlock.lincheck.iterations} makes it look longer. Comes before all other
 * tests, because Lincheck transforms every class that is loaded.
 */
@Order(1)
@EnabledForJreRange(max = JRE.JAVA_22, disabledReason = "Lincheck cannot read the classes of later JDKs")
class LocalQueueConcurrencyTests {

	private static final int ITERATIONS = Integer.getInteger("dynlock.lincheck.iterations", 100);

	@Test
	void behavesUnderStressAsIfOneThreadUsedItAtATime() {
		new StressOptions().iterations(ITERATIONS)
			.invocationsPerIteration(100)
			.threads(3)
			.actorsBefore(2)
			.actorsPerThread(5)
			.actorsAfter(3)
			.sequentialSpecification(PlainLine.class)
			.check(ConcurrentLine.class);
	}

	@Test
	void behavesInEveryInterleavingAsIfOneThreadUsedItAtATime() {
		new ModelCheckingOptions().iterations(Math.max(1, ITERATIONS / 25))
			.invocationsPerIteration(100)
			.threads(3)
			.actorsBefore(2)
			.actorsPerThread(3)
			.actorsAfter(3)
			.sequentialSpecification(PlainLine.class)
			.check(ConcurrentLine.class);
	}

	/** What a caller sees. */
	enum Seen {

		FIRST, WAITING, BUSY, LEFT, TURN, HANDED_ON, NOT_CALLED, PASSED, KEPT, OUTSIDE

	}

	/**
	 * The real line, with one caller for each thread.
	 */
	@Param(name = "caller", gen = ThreadIdGen.class)
	public static class ConcurrentLine {

		private static final LockKey KEY = new LockKey("key");

		private static final Terms TERMS = new Terms("owner", Holding.RENEWED, 1000, Optional.empty(), Terms.FOREVER,
				Terms.UNLIMITED, 1, 1);

		private final LocalQueue queue = new LocalQueue();

		private final HeldLease lease = new HeldLease(
				new Grant(KEY, "id", 1, Holding.RENEWED, 1000, new Validity(new Reading(0, 0), Validity.ENDLESS)),
				new Place(KEY, TERMS));

		private final Map<Integer, Place> waiting = new ConcurrentHashMap<>();

		private final Map<Integer, Place> first = new ConcurrentHashMap<>();

		/** Gets in line. */
		@Operation
		public Seen join(@Param(name = "caller") int caller) {
			return join(caller, true);
		}

		/** Gets in line if it is empty. */
		@Operation
		public Seen tryJoin(@Param(name = "caller") int caller) {
			return join(caller, false);
		}

		private Seen join(int caller, boolean mayWait) {
			if (this.first.containsKey(caller) || this.waiting.containsKey(caller)) {
				return Seen.BUSY;
			}
			Place place = new Place(KEY, TERMS);
			if (this.queue.join(place, mayWait) == place) {
				this.first.put(caller, place);
				return Seen.FIRST;
			}
			if (mayWait) {
				this.waiting.put(caller, place);
			}
			return Seen.WAITING;
		}

		/** Looks whether it was called. */
		@Operation
		public Seen look(@Param(name = "caller") int caller) {
			Place place = this.waiting.get(caller);
			if (place == null) {
				return Seen.OUTSIDE;
			}
			return place.call().isDone() ? called(caller, place) : Seen.NOT_CALLED;
		}

		/** Gives up, unless it was called. */
		@Operation
		public Seen leave(@Param(name = "caller") int caller) {
			Place place = this.waiting.get(caller);
			if (place == null) {
				return Seen.OUTSIDE;
			}
			if (this.queue.leave(place)) {
				this.waiting.remove(caller);
				return Seen.LEFT;
			}
			return called(caller, place);
		}

		private Seen called(int caller, Place place) {
			this.waiting.remove(caller);
			this.first.put(caller, place);
			return (place.call().join() instanceof Call.HandedOn) ? Seen.HANDED_ON : Seen.TURN;
		}

		/** Ends its turn. */
		@Operation
		public Seen pass(@Param(name = "caller") int caller) {
			Place place = this.first.remove(caller);
			if (place == null) {
				return Seen.OUTSIDE;
			}
			this.queue.pass(place, 0);
			return Seen.PASSED;
		}

		/** Hands the lock on, or keeps it when nobody wants it. */
		@Operation
		public Seen handOn(@Param(name = "caller") int caller) {
			Place place = this.first.get(caller);
			if (place == null) {
				return Seen.OUTSIDE;
			}
			if (this.queue.handOn(new Tenure(this.lease, place, 0, 0), (next) -> true)) {
				this.first.remove(caller);
				return Seen.PASSED;
			}
			return Seen.KEPT;
		}

	}

	/**
	 * The same for one thread at a time.
	 */
	public static class PlainLine {

		private final Deque<Integer> line = new ArrayDeque<>();

		/** Who is called, to what, and does not know it yet. */
		private final Map<Integer, Seen> called = new HashMap<>();

		/** Gets in line. */
		public Seen join(int caller) {
			return join(caller, true);
		}

		/** Gets in line if it is empty. */
		public Seen tryJoin(int caller) {
			return join(caller, false);
		}

		private Seen join(int caller, boolean mayWait) {
			if (this.line.contains(caller)) {
				return Seen.BUSY;
			}
			boolean empty = this.line.isEmpty();
			if (empty || mayWait) {
				this.line.add(caller);
			}
			return empty ? Seen.FIRST : Seen.WAITING;
		}

		/** Looks whether it was called. */
		public Seen look(int caller) {
			if (!waits(caller)) {
				return Seen.OUTSIDE;
			}
			return this.called.containsKey(caller) ? this.called.remove(caller) : Seen.NOT_CALLED;
		}

		/** Gives up, unless it was called. */
		public Seen leave(int caller) {
			if (!waits(caller)) {
				return Seen.OUTSIDE;
			}
			if (this.called.containsKey(caller)) {
				return this.called.remove(caller);
			}
			this.line.remove(caller);
			return Seen.LEFT;
		}

		/** Ends its turn. */
		public Seen pass(int caller) {
			if (!isFirst(caller)) {
				return Seen.OUTSIDE;
			}
			next(Seen.TURN);
			return Seen.PASSED;
		}

		/** Hands the lock on, or keeps it when nobody wants it. */
		public Seen handOn(int caller) {
			if (!isFirst(caller)) {
				return Seen.OUTSIDE;
			}
			if (this.line.size() == 1) {
				return Seen.KEPT;
			}
			next(Seen.HANDED_ON);
			return Seen.PASSED;
		}

		private void next(Seen call) {
			this.line.remove();
			if (!this.line.isEmpty()) {
				this.called.put(this.line.element(), call);
			}
		}

		private boolean isFirst(int caller) {
			return !this.line.isEmpty() && this.line.element() == caller && !this.called.containsKey(caller);
		}

		private boolean waits(int caller) {
			return this.line.contains(caller) && !isFirst(caller);
		}

	}

}
