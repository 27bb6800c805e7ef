package io.dynlock.benchmarks.report;

/**
 * A plot.
 */
public interface Chart {

	/** What it shows, with the unit. */
	String title();

	/** The chart as an SVG document. */
	String toSvg();

}
