package io.dynlock.simulation.schedule;

/** What may become of one message between a process and the table. */
enum Fate {

	/** It arrives, takes effect, and is answered. */
	GOOD,

	/** It takes longer than a lease to arrive. */
	SLOW_REQUEST,

	/** It takes effect, and the answer takes longer than a lease. */
	SLOW_ANSWER,

	/** It never arrives. */
	LOST_REQUEST,

	/** It takes effect, and the answer never arrives. */
	LOST_ANSWER,

	/** It takes effect after its sender has given it up. */
	LATE,

	/** It takes effect, is answered, and takes effect once more. */
	REPEATED,

	/** It takes effect, the answer is lost, and the SDK sends it again. */
	SENT_AGAIN,

	/** The connection is refused. */
	NO_CONNECTION,

	/** The server fails before the request takes effect. */
	SERVER_ERROR,

	/** The server fails when the request has taken effect. */
	SERVER_ERROR_AFTER,

	/** Too many requests. */
	THROTTLED,

	/** A read finds what stood there some changes ago. */
	STALE,

	/** Access is denied. */
	REJECTED

}
