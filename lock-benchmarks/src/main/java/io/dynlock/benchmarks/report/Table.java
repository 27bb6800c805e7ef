package io.dynlock.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of figures.
 */
public final class Table {

	private final String title;

	private final List<String> headers;

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * An empty table.
	 * @param title what it shows
	 * @param headers of the columns
	 */
	public Table(String title, String... headers) {
		this.title = title;
		this.headers = List.of(headers);
	}

	/**
	 * Adds a row.
	 * @param cells as many as there are headers
	 */
	public Table row(String... cells) {
		if (cells.length != this.headers.size()) {
			throw new IllegalArgumentException(cells.length + " cells for " + this.headers.size() + " columns");
		}
		this.rows.add(List.of(cells));
		return this;
	}

	/** The table in Markdown; the first column is text, the others are figures. */
	public String toMarkdown() {
		StringBuilder text = new StringBuilder();
		text.append("**").append(this.title).append("**\n\n");
		line(text, this.headers);
		List<String> rule = new ArrayList<>();
		for (int column = 0; column < this.headers.size(); column++) {
			rule.add((column == 0) ? "---" : "---:");
		}
		line(text, rule);
		this.rows.forEach((row) -> line(text, row));
		return text.toString();
	}

	private static void line(StringBuilder text, List<String> cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
