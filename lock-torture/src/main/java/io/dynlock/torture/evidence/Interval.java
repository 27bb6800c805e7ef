package io.dynlock.torture.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time.
 *
 * @param from its beginning
 * @param to its end, not before the beginning
 */
public record Interval(long from, long to) {

	/** How long it is, in nanoseconds. */
	public long length() {
		return this.to - this.from;
	}

	/** The same, and a little more at its end. */
	public Interval prolonged(long nanos) {
		return new Interval(this.from, this.to + nanos);
	}

	/** Whether both share more than a point. */
	public boolean overlaps(Interval other) {
		return this.from < other.to && other.from < this.to;
	}

	/** What both share, if it is more than a point. */
	public Optional<Interval> intersect(Interval other) {
		return overlaps(other) ? Optional.of(new Interval(Math.max(this.from, other.from), Math.min(this.to, other.to)))
				: Optional.empty();
	}

	/** What is left of this, in order, when others are taken away. */
	public List<Interval> minus(List<Interval> others) {
		List<Interval> left = List.of(this);
		for (Interval other : others) {
			List<Interval> pieces = new ArrayList<>();
			for (Interval piece : left) {
				piece.minus(other, pieces);
			}
			left = pieces;
		}
		return left;
	}

	private void minus(Interval other, List<Interval> pieces) {
		if (!overlaps(other)) {
			pieces.add(this);
			return;
		}
		if (this.from < other.from) {
			pieces.add(new Interval(this.from, other.from));
		}
		if (other.to < this.to) {
			pieces.add(new Interval(other.to, this.to));
		}
	}

}
