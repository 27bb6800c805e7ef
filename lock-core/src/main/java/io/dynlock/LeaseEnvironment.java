package io.dynlock;

import java.util.concurrent.Executor;

import io.dynlock.internal.time.TimeSource;

/**
 * What all leases of a template share.
 *
 * @param time the clocks
 * @param callbacks runs what users want to be told
 * @param listeners are told of everything
 * @param exceptions makes the exceptions for users
 */
record LeaseEnvironment(TimeSource time, Executor callbacks, Listeners listeners, LockExceptions exceptions) {

}
