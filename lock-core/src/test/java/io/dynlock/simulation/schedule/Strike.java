package io.dynlock.simulation.schedule;

/** What may happen to a process, the network, or the table. */
enum Strike {

	/** A process dies, and is started again later. */
	KILL,

	/** A process stands still for less than a lease. */
	PAUSE,

	/** A process stands still for more than a lease. */
	LONG_PAUSE,

	/** A machine is suspended: its monotonic clock stands still. */
	SUSPEND,

	/** A wall clock is set. */
	SET_CLOCK,

	/** A process is cut off for less than a lease. */
	CUT_OFF,

	/** A process is cut off for more than a lease. */
	LONG_CUT_OFF,

	/** The table throttles everybody for a while. */
	THROTTLE,

	/** The server fails for a while, before requests take effect or after. */
	FAIL,

	/** A client is closed, and another is started. */
	CLOSE,

	/** Somebody frees a lock by name. */
	FORCE_RELEASE,

	/** Somebody frees a lock if it is still held as it was seen a while ago. */
	FORCE_RELEASE_AS_SEEN,

	/** The Go package takes a lock, and releases it later. */
	FOREIGN,

	/** DynamoDB's time to live removes free items that are old enough. */
	TIME_TO_LIVE,

	/** Somebody deletes the table. */
	DROP_TABLE

}
