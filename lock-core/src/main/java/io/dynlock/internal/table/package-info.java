/**
 * The table: requests, conditions and attribute names, item to record and back, and the
 * life of the table itself. The only place, besides the client factory, that uses the AWS
 * SDK.
 */
@NullMarked
package io.dynlock.internal.table;

import org.jspecify.annotations.NullMarked;
