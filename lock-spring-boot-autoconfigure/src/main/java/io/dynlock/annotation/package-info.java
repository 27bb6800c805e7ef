/**
 * What an application uses in its own code: the annotation, and what goes with it.
 */
@NullMarked
package io.dynlock.annotation;

import org.jspecify.annotations.NullMarked;
