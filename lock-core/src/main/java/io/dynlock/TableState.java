package io.dynlock;

import java.util.Optional;

/**
 * What DynamoDB says about the table of the locks, at the time it was asked.
 *
 * @param table the table's name or ARN
 * @param region the region in which it is; empty when the client does not tell
 * @param status DynamoDB's word for the table's state, such as {@code ACTIVE};
 * {@code MISSING} when there is none yet and it will be created when it is wanted
 * @param isUsable whether locks can be had, as far as this tells
 */
public record TableState(String table, Optional<String> region, String status, boolean isUsable) {

}
