package io.dynlock.torture;

import java.io.IOException;

import io.dynlock.torture.report.Summary;

/**
 * Runs the torture, says what it showed, and exits with 1 if a guarantee was broken.
 */
public final class TortureMain {

	private TortureMain() {
	}

	/**
	 * Runs the torture.
	 * @param args see {@link CommandLine#USAGE}
	 * @throws IOException if a process cannot be started or struck
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Summary summary = Torture.run(CommandLine.parse(args));
		System.out.println(summary);
		System.exit(summary.violations().isEmpty() ? 0 : 1);
	}

}
