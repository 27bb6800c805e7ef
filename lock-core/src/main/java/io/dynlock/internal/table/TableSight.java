package io.dynlock.internal.table;

import java.util.Optional;

/**
 * What one look at the table showed.
 *
 * @param region the region in which it is; empty when the client does not tell
 * @param status DynamoDB's word for its state
 * @param isUsable whether it can hold locks now, or will when it is wanted
 */
public record TableSight(Optional<String> region, String status, boolean isUsable) {

}
