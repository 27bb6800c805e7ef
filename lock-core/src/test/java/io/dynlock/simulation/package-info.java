/**
 * A world for tests of the protocol: time that passes only when it is told to, processes
 * with clocks of their own, and a table that behaves like DynamoDB and fails on demand.
 * Deterministic, and free of real waiting.
 */
@NullMarked
package io.dynlock.simulation;

import org.jspecify.annotations.NullMarked;
