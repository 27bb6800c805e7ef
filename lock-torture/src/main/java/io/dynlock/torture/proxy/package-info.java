/**
 * Stands between a worker and the lock table, and does to its requests what networks and
 * servers do on bad days.
 */
@NullMarked
package io.dynlock.torture.proxy;

import org.jspecify.annotations.NullMarked;
