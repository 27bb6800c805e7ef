/**
 * Auto-configuration of the observations.
 */
@NullMarked
package io.dynlock.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
