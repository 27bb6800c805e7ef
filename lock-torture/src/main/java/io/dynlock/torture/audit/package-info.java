/**
 * Judges what was seen during a run. Pure functions of the evidence.
 */
@NullMarked
package io.dynlock.torture.audit;

import org.jspecify.annotations.NullMarked;
