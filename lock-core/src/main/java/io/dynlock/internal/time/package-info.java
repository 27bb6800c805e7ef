/**
 * The one seam through which the library sees time: readings, timers and threads for
 * background work. Depends on nothing but the JDK, so that the protocol can run under
 * simulated time.
 */
@NullMarked
package io.dynlock.internal.time;

import org.jspecify.annotations.NullMarked;
