package io.dynlock.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bars from left to right, one below the other, as SVG. Readable on light and dark pages.
 */
public final class BarChart implements Chart {

	private static final int WIDTH = 720;

	private static final int LABELS = 190;

	private static final int FIGURES = 90;

	private static final int ROW = 26;

	private static final int TOP = 40;

	private final String title;

	private final Map<String, Double> bars = new LinkedHashMap<>();

	/**
	 * An empty chart.
	 * @param title what it shows, with the unit
	 */
	public BarChart(String title) {
		this.title = title;
	}

	/**
	 * Adds a bar.
	 * @param label whose
	 * @param value how long
	 */
	public BarChart bar(String label, double value) {
		this.bars.put(label, value);
		return this;
	}

	@Override
	public String title() {
		return this.title;
	}

	@Override
	public String toSvg() {
		int height = TOP + this.bars.size() * ROW + 10;
		double longest = this.bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
		Svg svg = new Svg(this.title, WIDTH, height);
		int row = 0;
		for (Map.Entry<String, Double> bar : this.bars.entrySet()) {
			int y = TOP + row * ROW;
			double length = Math.max(1, bar.getValue() / longest * (WIDTH - LABELS - FIGURES));
			svg.text(LABELS - 8, y + 17, "end", bar.getKey());
			svg.element("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>", LABELS, y + 4, length,
					ROW - 8, bar.getKey().equals("dynlock") ? "#1f77b4" : "#b0b7bf");
			svg.text(LABELS + (int) length + 6, y + 17, "start", Figures.of(bar.getValue()));
			row++;
		}
		return svg.end();
	}

}
