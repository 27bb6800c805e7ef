/**
 * What is measured, and what it must show.
 */
@NullMarked
package io.dynlock.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
