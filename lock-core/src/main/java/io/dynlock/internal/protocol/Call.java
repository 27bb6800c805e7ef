package io.dynlock.internal.protocol;

/**
 * What a place in the local queue is called to.
 */
sealed interface Call {

	/**
	 * To acquire the lock from the table: it is the first of its process now.
	 *
	 * @param notBeforeNanos when it may begin; until then other processes have their
	 * chance
	 */
	record Turn(long notBeforeNanos) implements Call {

	}

	/**
	 * To take over the lock from its predecessor in this process.
	 *
	 * @param tenure the lock
	 */
	record HandedOn(Tenure tenure) implements Call {

	}

	/** To give up, because the client is closed. */
	record Closed() implements Call {

	}

}
