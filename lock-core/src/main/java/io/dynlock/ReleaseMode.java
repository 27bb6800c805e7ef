package io.dynlock;

/**
 * What a release does with the lock's item.
 */
public enum ReleaseMode {

	/**
	 * Keeps the item, and with it the counter from which fencing tokens are made. The
	 * default.
	 */
	RETAIN,

	/**
	 * Deletes the item, so that the Go package {@code go-commons/lock} sees the lock as
	 * free and both can share a table. The order of fencing tokens then rests on the
	 * clocks of the hosts: after a deletion the counter starts from the clock of whoever
	 * comes next.
	 */
	DELETE

}
