package io.dynlock.torture.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Write;

/**
 * What one holder wrote.
 *
 * @param begin its first write
 * @param end its last, if it came so far
 */
record Section(Write begin, Optional<Write> end) {

	/** The sections of each key, in the order in which they began. */
	static Map<String, List<Section>> byKey(List<Write> writes) {
		Map<String, Write> ends = writes.stream()
			.filter((write) -> write.phase() == Write.Phase.END && write.accepted())
			.collect(Collectors.toMap(Write::section, (write) -> write, (first, second) -> first));
		writes.stream()
			.filter((write) -> write.phase() == Write.Phase.END)
			.forEach((write) -> ends.putIfAbsent(write.section(), write));
		return writes.stream()
			.filter((write) -> write.phase() == Write.Phase.BEGIN)
			.map((begin) -> new Section(begin, Optional.ofNullable(ends.get(begin.section()))))
			.collect(Collectors.groupingBy(Section::key, LinkedHashMap::new, Collectors.toList()));
	}

	String id() {
		return this.begin.section();
	}

	String key() {
		return this.begin.key();
	}

	long token() {
		return this.begin.token();
	}

	/** Whether the resource took both writes. */
	boolean isAccepted() {
		return this.begin.accepted() && this.end.filter(Write::accepted).isPresent();
	}

	/** When the resource saw it at work. */
	Interval time() {
		return new Interval(this.begin.time().from(), this.end.orElse(this.begin).time().to());
	}

	/**
	 * When its lease was valid beyond doubt; empty unless it said so at both ends.
	 */
	Optional<Interval> certain() {
		return this.end.filter((last) -> last.validAt().isPresent() && this.begin.validAt().isPresent())
			.map((last) -> new Interval(this.begin.validAt().getAsLong(), last.validAt().getAsLong()));
	}

	@Override
	public String toString() {
		return id() + " with token " + token();
	}

}
