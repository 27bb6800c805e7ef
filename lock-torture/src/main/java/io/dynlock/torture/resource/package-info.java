/**
 * What the locks guard: values, in a process of their own.
 */
@NullMarked
package io.dynlock.torture.resource;

import org.jspecify.annotations.NullMarked;
