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
 * @param writes at least the first
 */
record Section(List<Write> writes) {

	/** The sections of each key, in the order in which they began. */
	static Map<String, List<Section>> byKey(List<Write> writes) {
		Map<String, List<Write>> bySection = writes.stream()
			.collect(Collectors.groupingBy(Write::section, LinkedHashMap::new, Collectors.toList()));
		return bySection.values()
			.stream()
			.filter((section) -> section.get(0).phase() == Write.Phase.BEGIN)
			.map(Section::new)
			.collect(Collectors.groupingBy(Section::key, LinkedHashMap::new, Collectors.toList()));
	}

	Write begin() {
		return this.writes.get(0);
	}

	String id() {
		return begin().section();
	}

	String key() {
		return begin().key();
	}

	long token() {
		return begin().token();
	}

	/** When the resource saw it at work. */
	Interval time() {
		return until(this.writes.get(this.writes.size() - 1));
	}

	/** From the first write that the resource took to the last; empty if it took none. */
	Optional<Interval> accepted() {
		return begin().accepted() ? last(this.writes.stream().filter(Write::accepted).toList()).map(this::until)
				: Optional.empty();
	}

	private Interval until(Write last) {
		return new Interval(begin().time().from(), last.time().to());
	}

	/**
	 * When its lease was valid beyond doubt: until it last said so; empty unless it did
	 * at the beginning and once more.
	 */
	Optional<Interval> certain() {
		if (begin().validAt().isEmpty()) {
			return Optional.empty();
		}
		return last(this.writes.stream().skip(1).filter((write) -> write.validAt().isPresent()).toList())
			.map((last) -> new Interval(begin().validAt().getAsLong(), last.validAt().getAsLong()));
	}

	private static Optional<Write> last(List<Write> writes) {
		return writes.isEmpty() ? Optional.empty() : Optional.of(writes.get(writes.size() - 1));
	}

	@Override
	public String toString() {
		return id() + " with token " + token();
	}

}
