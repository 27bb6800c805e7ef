/**
 * Observations of waiting for locks and of holding them, from which Micrometer makes
 * spans.
 */
@NullMarked
package io.dynlock.observation;

import org.jspecify.annotations.NullMarked;
