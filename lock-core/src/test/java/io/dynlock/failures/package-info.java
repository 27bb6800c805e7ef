/**
 * The table in {@code docs/FAILURES.md}, cell by cell.
 */
@NullMarked
package io.dynlock.failures;

import org.jspecify.annotations.NullMarked;
