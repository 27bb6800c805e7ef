/**
 * A small web application that guards its work with dynlock.
 */
@NullMarked
package io.dynlock.sample;

import org.jspecify.annotations.NullMarked;
