package io.dynlock.internal.protocol;

/**
 * A lock that was just acquired.
 *
 * @param key the lock
 * @param leaseId the acquisition
 * @param version the lock's version at acquisition
 * @param holding how long it is held
 * @param leaseMillis how long its lease lasts without renewal
 * @param validity how long it may be believed in
 */
public record Grant(LockKey key, String leaseId, long version, Holding holding, long leaseMillis, Validity validity) {

}
