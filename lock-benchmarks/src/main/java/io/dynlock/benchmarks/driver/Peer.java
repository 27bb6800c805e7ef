package io.dynlock.benchmarks.driver;

import java.util.Arrays;
import java.util.List;

/**
 * What is measured.
 */
public enum Peer {

	/** The least that a lock can do. */
	FLOOR("floor", "floor", Role.FLOOR, "LockID"),

	/** The floor with a time limit on each request. */
	FLOOR_LIMITED("floor-limited", "floor, time limit per request", Role.DIAGNOSIS, "LockID"),

	/** The requests of ours without the protocol. */
	BARE_REQUESTS("bare-requests", "dynlock's requests alone", Role.DIAGNOSIS, "LockID"),

	/** The JVM's own lock. */
	LOCAL("local", "a lock of the JVM, no table", Role.DIAGNOSIS, "LockID"),

	/** The Go package, restated. */
	GO_COMMONS("go-commons", "go-commons (restated)", Role.PEER, "LockID"),

	/** Amazon's own lock client. */
	AWS("aws", "AWS lock client", Role.PEER, "key"),

	/** ShedLock's provider for DynamoDB. */
	SHEDLOCK("shedlock", "ShedLock", Role.PEER, "_id"),

	/** The lock registry of Spring Cloud AWS. */
	SPRING("spring", "Spring Cloud AWS", Role.PEER, "lockKey"),

	/** Ours. */
	DYNLOCK("dynlock", "dynlock", Role.OURS, "LockID");

	private final String id;

	private final String title;

	private final Role role;

	private final String hashKey;

	Peer(String id, String title, Role role, String hashKey) {
		this.id = id;
		this.title = title;
		this.role = role;
		this.hashKey = hashKey;
	}

	/** A short name, for the command line and for tables of DynamoDB. */
	public String id() {
		return this.id;
	}

	/** A name for people. */
	public String title() {
		return this.title;
	}

	/** What it is measured for. */
	public Role role() {
		return this.role;
	}

	/** The partition key of its table. */
	public String hashKey() {
		return this.hashKey;
	}

	/** Whether locks are renewed in the background. */
	public boolean renews() {
		return this == AWS || this == DYNLOCK;
	}

	/** Whether the lock of a dead holder becomes free. */
	public boolean recovers() {
		return this.role != Role.FLOOR && this.role != Role.DIAGNOSIS && this != GO_COMMONS;
	}

	/**
	 * Opens a client. The table must exist.
	 * @param clients makes the SDK's clients
	 * @param settings how
	 * @return the client, to be closed by the caller
	 */
	public LockDriver open(Clients clients, DriverSettings settings) {
		return switch (this) {
			case FLOOR -> new FloorDriver(clients, settings, false);
			case FLOOR_LIMITED -> new FloorDriver(clients, settings, true);
			case BARE_REQUESTS -> new BareRequestsDriver(clients, settings);
			case LOCAL -> new LocalDriver();
			case GO_COMMONS -> new GoCommonsDriver(clients, settings);
			case AWS -> new AwsLockClientDriver(clients, settings);
			case SHEDLOCK -> new ShedLockDriver(clients, settings);
			case SPRING -> new SpringCloudAwsDriver(clients, settings);
			case DYNLOCK -> new DynlockDriver(clients, settings);
		};
	}

	/**
	 * The peer of that name.
	 * @param id its short name
	 * @throws IllegalArgumentException if there is none
	 */
	public static Peer of(String id) {
		return Arrays.stream(values())
			.filter((peer) -> peer.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"No driver '" + id + "'; use one of " + Arrays.stream(values()).map(Peer::id).toList()));
	}

	/** All but those that only explain a figure. */
	public static List<Peer> contenders() {
		return Arrays.stream(values()).filter((peer) -> peer.role != Role.DIAGNOSIS).toList();
	}

	/** What something is measured for. */
	public enum Role {

		/** To know what is possible. */
		FLOOR,

		/** To compare with. */
		PEER,

		/** To know where we are. */
		OURS,

		/** To explain a figure. */
		DIAGNOSIS

	}

}
