/**
 * Processes that take locks in every way there is, and write to what the locks guard.
 */
@NullMarked
package io.dynlock.torture.worker;

import org.jspecify.annotations.NullMarked;
