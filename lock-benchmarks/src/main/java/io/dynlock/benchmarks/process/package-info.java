/**
 * The table, and further clients, in processes of their own.
 */
@NullMarked
package io.dynlock.benchmarks.process;

import org.jspecify.annotations.NullMarked;
