/**
 * The locks that are measured, behind one interface, and what counts their requests.
 */
@NullMarked
package io.dynlock.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
