/**
 * What the tests of several packages share.
 */
@NullMarked
package io.dynlock.testing;

import org.jspecify.annotations.NullMarked;
