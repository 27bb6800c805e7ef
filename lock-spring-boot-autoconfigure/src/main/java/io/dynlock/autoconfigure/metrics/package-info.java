/**
 * Auto-configuration of the meters.
 */
@NullMarked
package io.dynlock.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
