package io.dynlock.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Bars from left to right, one below the other, as SVG. Readable on light and dark pages.
 */
public final class BarChart {

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

	/** The title. */
	public String title() {
		return this.title;
	}

	/** The chart as a document. */
	public String toSvg() {
		int height = TOP + this.bars.size() * ROW + 10;
		double longest = this.bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
						+ " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n",
				WIDTH, height, WIDTH, height));
		svg.append("<title>").append(escape(this.title)).append("</title>\n");
		svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
		text(svg, 10, 24, "start", this.title, " font-size=\"15\" font-weight=\"bold\"");
		int row = 0;
		for (Map.Entry<String, Double> bar : this.bars.entrySet()) {
			int y = TOP + row * ROW;
			double length = Math.max(1, bar.getValue() / longest * (WIDTH - LABELS - FIGURES));
			text(svg, LABELS - 8, y + 17, "end", bar.getKey(), "");
			svg.append(
					String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
							LABELS, y + 4, length, ROW - 8, bar.getKey().equals("dynlock") ? "#1f77b4" : "#b0b7bf"));
			text(svg, LABELS + (int) length + 6, y + 17, "start", Figures.of(bar.getValue()), "");
			row++;
		}
		return svg.append("</svg>\n").toString();
	}

	private static void text(StringBuilder svg, int x, int y, String anchor, String text, String style) {
		svg.append(
				String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#24292f\"%s>%s</text>\n",
						x, y, anchor, style, escape(text)));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
