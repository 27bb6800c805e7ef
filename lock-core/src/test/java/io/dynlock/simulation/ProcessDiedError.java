package io.dynlock.simulation;

/**
 * Ends what a process was doing when it was killed. An error, because code that catches
 * exceptions does not go on in a process that is dead.
 */
public final class ProcessDiedError extends Error {

	private static final long serialVersionUID = 1L;

	private final transient SimulatedProcess process;

	/**
	 * Ends what a process was doing.
	 * @param process the process
	 */
	public ProcessDiedError(SimulatedProcess process) {
		super(process + " is dead", null, false, false);
		this.process = process;
	}

	/**
	 * Is done with where the process began what it was doing; goes on elsewhere.
	 * @param process whose event it was
	 */
	void endIn(SimulatedProcess process) {
		if (process != this.process) {
			throw this;
		}
	}

}
