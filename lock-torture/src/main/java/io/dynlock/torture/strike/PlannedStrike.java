package io.dynlock.torture.strike;

import java.time.Duration;

import io.dynlock.torture.evidence.FaultKind;

/**
 * A strike to come.
 *
 * @param pause how long to wait before it
 * @param kind what is to happen
 * @param worker to whom, or to the next one that nothing else strikes
 * @param length how long it lasts
 */
record PlannedStrike(Duration pause, FaultKind kind, int worker, Duration length) {

}
