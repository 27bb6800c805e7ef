/**
 * What was seen during a run, without judgement. Times are nanoseconds of
 * {@link java.lang.System#nanoTime()}, which on Linux and macOS is one clock for all
 * processes of a machine.
 */
@NullMarked
package io.dynlock.torture.evidence;

import org.jspecify.annotations.NullMarked;
