/**
 * Costs of single calls, without a table.
 */
@NullMarked
package io.dynlock.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
