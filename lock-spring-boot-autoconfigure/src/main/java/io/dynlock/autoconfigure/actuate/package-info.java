/**
 * Auto-configuration of the endpoint and the health indicator.
 */
@NullMarked
package io.dynlock.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
