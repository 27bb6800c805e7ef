/**
 * Kills, freezes and cuts off processes that hold locks, and audits what they did.
 */
@NullMarked
package io.dynlock.torture;

import org.jspecify.annotations.NullMarked;
