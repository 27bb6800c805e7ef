package io.dynlock.torture.evidence;

/**
 * What can happen to a worker.
 */
public enum FaultKind {

	/** Its process is killed, and another started. */
	KILLED("killed"),

	/** Its process stands still for longer than a lease. */
	FROZEN("frozen past the lease"),

	/** Its requests, or their answers, come late. */
	DELAYED("delayed"),

	/** Its requests take effect, but the answers are lost. */
	ANSWER_DROPPED("answer dropped"),

	/** Its connections are reset, and its requests lost. */
	RESET("connection reset"),

	/** Its requests are answered with status 500, whether they took effect or not. */
	SERVER_ERROR("answered 500"),

	/** Its requests are refused, because there are too many. */
	THROTTLED("throttled"),

	/** It is cut off for less than a lease. */
	CUT_SHORT("cut off for less than a lease"),

	/** It is cut off for more than a lease. */
	CUT_LONG("cut off for more than a lease"),

	/** All workers are cut off at the same time. */
	BLACKOUT("table out of everybody's reach");

	private final String text;

	FaultKind(String text) {
		this.text = text;
	}

	/** Whether nothing gets through in either direction. */
	public boolean isCut() {
		return this == CUT_SHORT || this == CUT_LONG || this == BLACKOUT;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
