package io.dynlock.internal.table;

import java.time.Duration;
import java.util.Map;

/**
 * The table and how it is treated.
 *
 * @param name the table's name
 * @param create whether to create it when it is missing
 * @param verify whether to look at it before its first use
 * @param tags tags of a table that is created
 * @param deletionProtection whether a table that is created is protected from deletion
 * @param timeToLive whether a table that is created removes items that have been free for
 * long
 * @param activeTimeout how long to wait for the table to become ACTIVE
 * @param keepItems whether the item of a released lock is kept, and with it its version
 * @param retention how long the item of a released lock is kept at least; zero for ever
 * @param requestTimeout how long one request may take, repetitions included
 */
public record TableSettings(String name, boolean create, boolean verify, Map<String, String> tags,
		boolean deletionProtection, boolean timeToLive, Duration activeTimeout, boolean keepItems, Duration retention,
		Duration requestTimeout) {

}
