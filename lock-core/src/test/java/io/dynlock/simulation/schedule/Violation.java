package io.dynlock.simulation.schedule;

/**
 * A guarantee is broken.
 */
public final class Violation extends AssertionError {

	private static final long serialVersionUID = 1L;

	private final String guarantee;

	Violation(String guarantee, String message) {
		super(guarantee + ": " + message);
		this.guarantee = guarantee;
	}

	Violation(long seed, Throwable cause) {
		super("Seed " + seed + ": " + cause.getMessage() + " (replay it with -Ddynlock.seed=" + seed + ")", cause);
		this.guarantee = (cause instanceof Violation violation) ? violation.guarantee : "No fault";
	}

	/** Which guarantee. */
	public String guarantee() {
		return this.guarantee;
	}

}
