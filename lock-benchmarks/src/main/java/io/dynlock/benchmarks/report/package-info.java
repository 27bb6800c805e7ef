/**
 * Figures for people: Markdown and plots.
 */
@NullMarked
package io.dynlock.benchmarks.report;

import org.jspecify.annotations.NullMarked;
