package io.dynlock.internal.protocol;

/**
 * One state of a held lock, as it stood in the table.
 *
 * @param leaseId the acquisition that held it
 * @param version its version then
 */
public record Sighting(String leaseId, long version) {

}
