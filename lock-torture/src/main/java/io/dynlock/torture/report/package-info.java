/**
 * Says what a run showed.
 */
@NullMarked
package io.dynlock.torture.report;

import org.jspecify.annotations.NullMarked;
