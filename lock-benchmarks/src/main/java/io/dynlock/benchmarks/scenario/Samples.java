package io.dynlock.benchmarks.scenario;

import java.util.Arrays;
import java.util.List;

/**
 * Measured values. Not thread-safe.
 */
final class Samples {

	private long[] values = new long[1024];

	private int size;

	void add(long value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, this.size * 2);
		}
		this.values[this.size++] = value;
	}

	void addAll(List<Long> others) {
		others.forEach(this::add);
	}

	void addAll(Samples others) {
		for (int i = 0; i < others.size; i++) {
			add(others.values[i]);
		}
	}

	List<Long> toList() {
		return Arrays.stream(this.values, 0, this.size).boxed().toList();
	}

	/**
	 * The value below which a share of all values lies.
	 * @param share 0.5 for the median
	 */
	double percentile(double share) {
		if (this.size == 0) {
			return Double.NaN;
		}
		long[] sorted = Arrays.copyOf(this.values, this.size);
		Arrays.sort(sorted);
		return sorted[Math.min(this.size - 1, (int) (share * this.size))];
	}

	static double median(double... values) {
		if (values.length == 0) {
			return Double.NaN;
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
