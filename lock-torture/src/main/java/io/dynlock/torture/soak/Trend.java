package io.dynlock.torture.soak;

import java.util.List;

/**
 * Whether a figure grows. Medians, so that a few samples that are off do not matter.
 *
 * @param firstThird the median of the first third of the samples
 * @param lastThird the median of the last third
 */
record Trend(long firstThird, long lastThird) {

	private static final int THIRDS = 3;

	/**
	 * The trend of samples.
	 * @param samples in the order in which they were taken, those of the warm-up left out
	 * @throws IllegalArgumentException if there are fewer than three
	 */
	static Trend of(List<Long> samples) {
		int third = samples.size() / THIRDS;
		if (third == 0) {
			throw new IllegalArgumentException("Too few samples: " + samples + "; take at least three");
		}
		return new Trend(median(samples.subList(0, third)),
				median(samples.subList(samples.size() - third, samples.size())));
	}

	private static long median(List<Long> values) {
		return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
	}

	/** Whether the last third is at most so much above the first. */
	boolean isFlat(long margin) {
		return this.lastThird <= this.firstThird + margin;
	}

}
