package io.dynlock.sample.deployment;

import java.time.Instant;

/**
 * What was deployed.
 *
 * @param environment where
 * @param version what
 * @param fencingToken the number of the lock under which it was done: higher for every
 * later deployment to the same environment
 * @param finishedAt when it was done
 */
record Receipt(String environment, String version, long fencingToken, Instant finishedAt) {

}
