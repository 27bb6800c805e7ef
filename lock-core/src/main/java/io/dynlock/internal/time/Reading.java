package io.dynlock.internal.time;

/**
 * Both clocks of one process, read at the same moment.
 *
 * @param nanos the monotonic clock, in nanoseconds from an arbitrary origin
 * @param wallMillis the wall clock, in milliseconds since the epoch
 */
public record Reading(long nanos, long wallMillis) {

}
