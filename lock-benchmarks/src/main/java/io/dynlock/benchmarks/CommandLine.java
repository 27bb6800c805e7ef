package io.dynlock.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.dynlock.benchmarks.driver.Peer;

/**
 * What to do.
 *
 * @param scenarios the letters of the scenarios
 * @param peers what to measure
 * @param quick whether figures need not be good
 * @param micro whether to measure single calls instead
 * @param output the directory for the report
 */
record CommandLine(List<String> scenarios, List<Peer> peers, boolean quick, boolean micro, Path output) {

	static final String USAGE = "Usage: [--scenarios A,B,...] [--drivers dynlock,floor,...] [--quick] [--micro]"
			+ " [--out directory]";

	static CommandLine parse(String... args) {
		List<String> scenarios = List.of("A", "B", "C", "D", "E", "F", "G", "H", "I");
		List<Peer> peers = List.of(Peer.values());
		boolean quick = false;
		boolean micro = false;
		Path output = Path.of("lock-benchmarks", "target", "results");
		for (int i = 0; i < args.length; i++) {
			switch (args[i]) {
				case "--quick" -> quick = true;
				case "--micro" -> micro = true;
				case "--scenarios" ->
					scenarios = list(args, ++i).stream().map((id) -> id.toUpperCase(Locale.ROOT)).toList();
				case "--drivers" -> peers = list(args, ++i).stream().map(Peer::of).toList();
				case "--out" -> output = Path.of(value(args, ++i));
				default -> throw new IllegalArgumentException("Not an option: " + args[i] + ". " + USAGE);
			}
		}
		return new CommandLine(scenarios, peers, quick, micro, output);
	}

	private static List<String> list(String[] args, int index) {
		return Arrays.asList(value(args, index).split(",", -1));
	}

	private static String value(String[] args, int index) {
		if (index >= args.length) {
			throw new IllegalArgumentException("No value for " + args[index - 1] + ". " + USAGE);
		}
		return args[index];
	}

}
