/**
 * Programs to read and copy from.
 */
@NullMarked
package io.dynlock.example;

import org.jspecify.annotations.NullMarked;
