package io.dynlock.torture.evidence;

/**
 * One worker's bad time.
 *
 * @param kind what happened to it
 * @param worker its number
 * @param time from before it began until after it was over
 */
public record Strike(FaultKind kind, int worker, Interval time) {

}
