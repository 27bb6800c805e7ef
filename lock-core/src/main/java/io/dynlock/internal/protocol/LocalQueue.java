package io.dynlock.internal.protocol;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The callers of this process that want the same lock, first come, first served. The
 * first of each line alone talks to the table, or holds the lock; the others wait to be
 * called. A line exists while somebody is in it.
 * <p>
 * Thread-safe. Nobody is called while a line is being changed.
 */
final class LocalQueue {

	private final Map<LockKey, Line> lines = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Gets in line.
	 * @param place the place
	 * @param mayWait whether to get in line behind others
	 * @return the place that is first in the line: this one, or another
	 */
	Place join(Place place, boolean mayWait) {
		AtomicReference<Place> first = new AtomicReference<>(place);
		this.lines.compute(place.key(), (key, line) -> {
			if (line == null) {
				return new Line(place);
			}
			if (mayWait) {
				line.waiting.add(place);
			}
			first.set(line.first);
			return line;
		});
		if (this.closed) {
			// whoever was about to get in line when it was closed
			callAll();
		}
		return first.get();
	}

	/**
	 * Who holds a lock, as far as the first in line knows.
	 * @param key the lock
	 */
	Optional<LockRecord> holder(LockKey key) {
		AtomicReference<Optional<Place>> first = new AtomicReference<>(Optional.empty());
		this.lines.computeIfPresent(key, (same, line) -> {
			first.set(Optional.of(line.first));
			return line;
		});
		return first.get().flatMap(Place::holder);
	}

	/**
	 * How many others than the holder want a lock.
	 * @param holder the place of the holder, in line or not any more
	 */
	int waiting(Place holder) {
		AtomicInteger waiting = new AtomicInteger();
		this.lines.computeIfPresent(holder.key(), (key, line) -> {
			waiting.set(line.waiting.size() + ((line.first == holder) ? 0 : 1));
			return line;
		});
		return waiting.get();
	}

	/**
	 * Notes that the first in line was granted the lock by the table.
	 * @param first the place
	 * @param version the lock's version
	 * @param handOff the rules
	 * @return how long the line may keep the lock, in nanoseconds
	 */
	long granted(Place first, long version, HandOff handOff) {
		AtomicLong keep = new AtomicLong();
		this.lines.computeIfPresent(first.key(), (key, line) -> {
			keep.set(handOff.keepNanos(line.keepNanos, version != line.version + 1));
			line.keepNanos = keep.get();
			line.version = version;
			return line;
		});
		return keep.get();
	}

	/**
	 * Notes that the first in line is about to give the lock back to the table.
	 * @param first the place
	 * @param version the lock's version by now, as far as is known
	 */
	void givesBack(Place first, long version) {
		this.lines.computeIfPresent(first.key(), (key, line) -> {
			if (line.first == first) {
				line.version = version;
			}
			return line;
		});
	}

	/**
	 * Gets out of line.
	 * @param place a place that waits
	 * @return {@code false} when it has been called, or is being called, already
	 */
	boolean leave(Place place) {
		AtomicReference<Boolean> left = new AtomicReference<>(false);
		this.lines.computeIfPresent(place.key(), (key, line) -> {
			left.set(line.waiting.remove(place));
			return line;
		});
		return left.get();
	}

	/**
	 * Calls the next place to the table; without one, the line ends.
	 * @param first the place whose turn is over; nothing happens if it is no longer first
	 * @param notBeforeNanos when the next may begin
	 */
	void pass(Place first, long notBeforeNanos) {
		advance(first, (next) -> true, true).ifPresent((next) -> next.call().complete(new Call.Turn(notBeforeNanos)));
	}

	/**
	 * Hands a lock to the next place, if there is one and it can take it.
	 * @param tenure the tenure that ends
	 * @param suits whether a place can take it
	 * @return whether it was handed on
	 */
	boolean handOn(Tenure tenure, Predicate<Place> suits) {
		Optional<Place> next = advance(tenure.place(), suits, false);
		next.ifPresent((place) -> place.call().complete(new Call.HandedOn(tenure.handedTo(place))));
		return next.isPresent();
	}

	private Optional<Place> advance(Place first, Predicate<Place> suits, boolean orEnd) {
		AtomicReference<Optional<Place>> successor = new AtomicReference<>(Optional.empty());
		this.lines.computeIfPresent(first.key(), (key, line) -> {
			if (line.first != first) {
				return line;
			}
			Optional<Place> next = line.next().filter(suits);
			next.ifPresent(line::advanceTo);
			successor.set(next);
			return (next.isPresent() || !orEnd) ? line : null;
		});
		return successor.get();
	}

	/** Calls everybody who waits, or comes to wait, to give up. */
	void close() {
		this.closed = true;
		callAll();
	}

	private void callAll() {
		for (LockKey key : this.lines.keySet()) {
			AtomicReference<Set<Place>> waiting = new AtomicReference<>(Set.of());
			this.lines.computeIfPresent(key, (same, line) -> {
				waiting.set(Set.copyOf(line.waiting));
				line.waiting.clear();
				return line;
			});
			waiting.get().forEach((place) -> place.call().complete(new Call.Closed()));
		}
	}

	/** How many lines there are. */
	int size() {
		return this.lines.size();
	}

	/** One line; changed only under the map's lock on its key. */
	private static final class Line {

		private final Set<Place> waiting = new LinkedHashSet<>();

		private Place first;

		/** The lock's version when the line last had it. */
		private long version;

		/** For how long the line could keep it then. */
		private long keepNanos;

		Line(Place first) {
			this.first = first;
		}

		Optional<Place> next() {
			Iterator<Place> places = this.waiting.iterator();
			return places.hasNext() ? Optional.of(places.next()) : Optional.empty();
		}

		void advanceTo(Place next) {
			this.waiting.remove(next);
			this.first = next;
		}

	}

}
