/**
 * Random schedules: a few processes use a few locks while everything goes wrong that may,
 * all of it drawn from one seed, and after every step the guarantees are checked.
 */
@NullMarked
package io.dynlock.simulation.schedule;

import org.jspecify.annotations.NullMarked;
