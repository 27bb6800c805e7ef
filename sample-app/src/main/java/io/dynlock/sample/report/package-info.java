/**
 * A scheduled job that runs on one instance only.
 */
@NullMarked
package io.dynlock.sample.report;

import org.jspecify.annotations.NullMarked;
