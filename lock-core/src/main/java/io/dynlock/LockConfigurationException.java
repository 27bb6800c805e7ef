package io.dynlock;

/**
 * Something that is needed to reach DynamoDB is missing or wrong.
 */
@SuppressWarnings("serial")
public final class LockConfigurationException extends LockException {

	private final String problem;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param problem what is missing or wrong, as a sentence
	 * @param remedy what to do about it, as a sentence
	 * @param cause how it was found
	 */
	public LockConfigurationException(String problem, String remedy, Throwable cause) {
		super(problem + " " + remedy, cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * Creates an exception.
	 * @param problem what is missing or wrong, as a sentence
	 * @param remedy what to do about it, as a sentence
	 */
	public LockConfigurationException(String problem, String remedy) {
		super(problem + " " + remedy);
		this.problem = problem;
		this.remedy = remedy;
	}

	/** What is missing or wrong. */
	public String problem() {
		return this.problem;
	}

	/** What to do about it. */
	public String remedy() {
		return this.remedy;
	}

}
