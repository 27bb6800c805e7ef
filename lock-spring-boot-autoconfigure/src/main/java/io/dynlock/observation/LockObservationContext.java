package io.dynlock.observation;

import java.util.OptionalLong;

import io.micrometer.observation.Observation;

/**
 * What is known of a lock while it is waited for, or held.
 */
public final class LockObservationContext extends Observation.Context {

	private final String key;

	private final String lockName;

	private final String client;

	private final OptionalLong fencingToken;

	private volatile String outcome = "none";

	LockObservationContext(String key, String lockName, String client, OptionalLong fencingToken) {
		this.key = key;
		this.lockName = lockName;
		this.client = client;
		this.fencingToken = fencingToken;
	}

	/** The lock's key; there is no limit to the number of keys. */
	public String getKey() {
		return this.key;
	}

	/** The lock's name in metrics. */
	public String getLockName() {
		return this.lockName;
	}

	/** The client that is asked for the lock, or holds it. */
	public String getClient() {
		return this.client;
	}

	/** The fencing token of a lock that is held. */
	public OptionalLong getFencingToken() {
		return this.fencingToken;
	}

	/**
	 * What came of it: {@code acquired}, {@code busy}, {@code timeout} or {@code failed}
	 * of waiting; {@code released} or the reason of a loss of holding; {@code none} until
	 * it is known.
	 */
	public String getOutcome() {
		return this.outcome;
	}

	void setOutcome(String outcome) {
		this.outcome = outcome;
	}

}
