/**
 * Mixed use of locks in one process for a long time, and whether it leaves anything
 * behind.
 */
@NullMarked
package io.dynlock.torture.soak;

import org.jspecify.annotations.NullMarked;
