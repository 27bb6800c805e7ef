package io.dynlock.torture.evidence;

/**
 * A thread waited for a lock.
 *
 * @param worker the number of its worker
 * @param key the lock
 * @param time how long
 */
public record Wait(int worker, String key, Interval time) {

}
