/**
 * A service that deploys, one deployment at a time per environment, on however many
 * instances it runs.
 */
@NullMarked
package io.dynlock.sample;

import org.jspecify.annotations.NullMarked;
