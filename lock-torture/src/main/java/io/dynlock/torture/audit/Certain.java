package io.dynlock.torture.audit;

import java.util.Comparator;
import java.util.List;

import io.dynlock.torture.evidence.Interval;

/**
 * A section of which it is certain when its lease was valid.
 *
 * @param section the section
 * @param time when its lease was valid
 */
record Certain(Section section, Interval time) {

	/** The certain ones among sections, in the order of their grants. */
	static List<Certain> inOrder(List<Section> sections) {
		return sections.stream()
			.flatMap((section) -> section.certain().map((time) -> new Certain(section, time)).stream())
			.sorted(Comparator.comparingLong((certain) -> certain.time().from()))
			.toList();
	}

	/** Whichever of both lasts longer. */
	Certain orLonger(Certain other) {
		return (other.time.to() > this.time.to()) ? other : this;
	}

}
