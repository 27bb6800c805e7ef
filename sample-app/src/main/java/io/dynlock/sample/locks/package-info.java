/**
 * The locks themselves: who holds which, and how to free one.
 */
@NullMarked
package io.dynlock.sample.locks;

import org.jspecify.annotations.NullMarked;
