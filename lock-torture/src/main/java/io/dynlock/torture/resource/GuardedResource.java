package io.dynlock.torture.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Write;

/**
 * A value for each key, guarded by fencing tokens: whoever comes with a token below the
 * highest seen is refused. Remembers every write. Thread-safe.
 */
final class GuardedResource {

	private final LongSupplier clock;

	private final Map<String, Value> values = new TreeMap<>();

	private final List<Write> journal = new ArrayList<>();

	GuardedResource(LongSupplier clock) {
		this.clock = clock;
	}

	synchronized Reply write(Entry entry) {
		long from = this.clock.getAsLong();
		Value value = this.values.getOrDefault(entry.key(), new Value(0, 0));
		boolean accepted = entry.token() >= value.highestToken();
		if (accepted) {
			long kept = (entry.phase() == Write.Phase.END) ? entry.value() : value.value();
			value = new Value(kept, entry.token());
			this.values.put(entry.key(), value);
		}
		this.journal.add(entry.worked(new Interval(from, this.clock.getAsLong()), value.value(), accepted));
		return new Reply(accepted, value.value(), value.highestToken());
	}

	synchronized List<Write> journal() {
		return List.copyOf(this.journal);
	}

	synchronized Map<String, Long> values() {
		Map<String, Long> byKey = new TreeMap<>();
		this.values.forEach((key, value) -> byKey.put(key, value.value()));
		return byKey;
	}

	private record Value(long value, long highestToken) {

	}

}
