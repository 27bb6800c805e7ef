/**
 * Strikes at workers, as a seed says.
 */
@NullMarked
package io.dynlock.torture.strike;

import org.jspecify.annotations.NullMarked;
