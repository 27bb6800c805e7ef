/**
 * Micrometer meters, fed by the listener of the core.
 */
@NullMarked
package io.dynlock.metrics;

import org.jspecify.annotations.NullMarked;
