package io.dynlock.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes {@code results.md}, and the plots beside it.
 */
public final class MarkdownReport {

	private final StringBuilder summary = new StringBuilder();

	private final StringBuilder details = new StringBuilder();

	private final Map<String, String> plots = new LinkedHashMap<>();

	private final String command;

	private final Table settings;

	/**
	 * An empty report.
	 * @param command with which to repeat it
	 * @param settings what was set
	 */
	public MarkdownReport(String command, Table settings) {
		this.command = command;
		this.settings = settings;
	}

	/**
	 * Adds what a scenario showed.
	 * @param id its letter
	 * @param title what it does
	 * @param result what it showed
	 */
	public void add(String id, String title, Result result) {
		result.targets()
			.forEach((target) -> this.summary.append("| ")
				.append(id)
				.append(" | ")
				.append(target.demand())
				.append(" | ")
				.append(target.figure())
				.append(" | ")
				.append(target.met() ? "met" : "**not met**")
				.append(" |\n"));
		this.details.append("## ").append(id).append(": ").append(title).append("\n\n");
		result.tables().forEach((table) -> this.details.append(table.toMarkdown()).append('\n'));
		result.notes().forEach((note) -> this.details.append(note).append("\n\n"));
		result.charts().forEach((name, chart) -> {
			this.plots.put(name + ".svg", chart.toSvg());
			this.details.append("![").append(chart.title()).append("](").append(name).append(".svg)\n\n");
		});
	}

	/**
	 * Writes the files.
	 * @param directory where to; created if need be
	 * @throws IOException if that fails
	 */
	public void write(Path directory) throws IOException {
		Files.createDirectories(directory);
		for (Map.Entry<String, String> plot : this.plots.entrySet()) {
			Files.writeString(directory.resolve(plot.getKey()), plot.getValue());
		}
		Files.writeString(directory.resolve("results.md"), toMarkdown());
	}

	/** The report. */
	public String toMarkdown() {
		return "# Benchmarks\n\nMade by `" + this.command
				+ "`. All drivers are measured alternately in one run; latencies vary from machine to machine and from"
				+ " run to run, so look at the ratios. Requests are exact.\n\n" + this.settings.toMarkdown() + "\n"
				+ MachineFacts.table().toMarkdown()
				+ "\n## Targets\n\n| scenario | must show | shows | |\n| --- | --- | ---: | --- |\n" + this.summary
				+ "\n" + this.details.toString().stripTrailing() + "\n";
	}

}
