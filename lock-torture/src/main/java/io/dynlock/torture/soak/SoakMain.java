package io.dynlock.torture.soak;

/**
 * Runs the soak, says what it showed, and exits with 1 if anything was left behind or
 * went wrong.
 */
public final class SoakMain {

	private SoakMain() {
	}

	/**
	 * Runs the soak.
	 * @param args see {@link SoakSettings#USAGE}
	 * @throws Exception if the table cannot be started
	 */
	public static void main(String[] args) throws Exception {
		SoakReport report = Soak.run(SoakSettings.parse(args));
		System.out.println(report);
		System.exit(report.violations().isEmpty() ? 0 : 1);
	}

}
