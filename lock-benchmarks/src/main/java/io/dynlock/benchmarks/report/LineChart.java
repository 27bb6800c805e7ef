package io.dynlock.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lines over a logarithmic axis, as SVG. Readable on light and dark pages.
 */
public final class LineChart implements Chart {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 340;

	private static final int LEFT = 70;

	private static final int RIGHT = 510;

	private static final int TOP = 50;

	private static final int BOTTOM = 285;

	private static final int TICKS = 5;

	private static final List<String> COLORS = List.of("#1f77b4", "#d95f02", "#1b9e77", "#7570b3", "#666666");

	private final String title;

	private final String axis;

	private final Map<String, NavigableMap<Double, Double>> lines = new LinkedHashMap<>();

	/**
	 * An empty chart.
	 * @param title what it shows, with the unit
	 * @param axis what grows from left to right
	 */
	public LineChart(String title, String axis) {
		this.title = title;
		this.axis = axis;
	}

	/**
	 * Adds a point to a line.
	 * @param line whose
	 * @param x where on the logarithmic axis; positive
	 * @param y how high; not negative
	 */
	public LineChart point(String line, double x, double y) {
		if (!Double.isNaN(y)) {
			this.lines.computeIfAbsent(line, (absent) -> new TreeMap<>()).put(x, y);
		}
		return this;
	}

	@Override
	public String title() {
		return this.title;
	}

	@Override
	public String toSvg() {
		Svg svg = new Svg(this.title, WIDTH, HEIGHT);
		NavigableSet<Double> places = new TreeSet<>();
		this.lines.values().forEach((line) -> places.addAll(line.keySet()));
		double step = step();
		for (int tick = 0; tick <= TICKS; tick++) {
			double y = height(tick * step, step);
			svg.line(LEFT, y, RIGHT, y, "stroke=\"#d0d7de\"");
			svg.text(LEFT - 8, (int) y + 4, "end", Figures.of(tick * step));
		}
		for (double place : places) {
			svg.text((int) across(place, places), BOTTOM + 20, "middle", Figures.of(place));
		}
		svg.text((LEFT + RIGHT) / 2, BOTTOM + 42, "middle", this.axis);
		int number = 0;
		for (Map.Entry<String, NavigableMap<Double, Double>> line : this.lines.entrySet()) {
			String color = COLORS.get(number % COLORS.size());
			List<String> points = new ArrayList<>();
			line.getValue().forEach((x, y) -> {
				points.add(Math.round(across(x, places)) + "," + Math.round(height(y, step)));
				svg.element("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", across(x, places), height(y, step),
						color);
			});
			svg.element("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
					String.join(" ", points), color);
			int y = TOP + 10 + 20 * number++;
			svg.line(RIGHT + 20, y, RIGHT + 40, y, "stroke=\"" + color + "\" stroke-width=\"2\"");
			svg.text(RIGHT + 46, y + 4, "start", line.getKey());
		}
		return svg.end();
	}

	/** The distance of two ticks: the smallest round number that leaves room for all. */
	private double step() {
		double highest = this.lines.values()
			.stream()
			.flatMap((line) -> line.values().stream())
			.mapToDouble(Double::doubleValue)
			.max()
			.orElse(1);
		double power = Math.pow(10, Math.floor(Math.log10(Math.max(highest, 1e-6) / TICKS)));
		for (double factor : new double[] { 1, 2, 4, 5 }) {
			if (factor * power * TICKS >= highest) {
				return factor * power;
			}
		}
		return 10 * power;
	}

	private static double across(double x, NavigableSet<Double> places) {
		double all = Math.log(places.last() / places.first());
		return (all == 0) ? LEFT : LEFT + 10 + Math.log(x / places.first()) / all * (RIGHT - LEFT - 20);
	}

	private static double height(double y, double step) {
		return BOTTOM - y / (step * TICKS) * (BOTTOM - TOP);
	}

}
