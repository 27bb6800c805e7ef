package io.dynlock.benchmarks.report;

import java.util.Locale;

/**
 * Numbers as text.
 */
public final class Figures {

	private Figures() {
	}

	/**
	 * With about three digits that count.
	 * @param value the number
	 */
	public static String of(double value) {
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			return "-";
		}
		double size = Math.abs(value);
		if (value == Math.rint(value) || size >= 100) {
			return String.format(Locale.ROOT, "%,.0f", value);
		}
		return String.format(Locale.ROOT, (size >= 10) ? "%.1f" : (size >= 0.1) ? "%.2f" : "%.4f", value);
	}

	/**
	 * How many times another number.
	 * @param value the number
	 * @param base the other
	 */
	public static String ratio(double value, double base) {
		return times(value / base);
	}

	/**
	 * A ratio.
	 * @param ratio the ratio
	 */
	public static String times(double ratio) {
		return (Double.isNaN(ratio) || Double.isInfinite(ratio)) ? "-"
				: String.format(Locale.ROOT, (ratio >= 100) ? "%.0f×" : (ratio >= 10) ? "%.1f×" : "%.2f×", ratio);
	}

	/**
	 * Nanoseconds as milliseconds.
	 * @param nanos nanoseconds
	 */
	public static String millis(double nanos) {
		return of(nanos / 1e6);
	}

	/**
	 * A share in percent.
	 * @param share 1 for all
	 */
	public static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f %%", share * 100);
	}

}
