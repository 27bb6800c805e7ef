/**
 * Auto-configuration of dynlock for Spring Boot.
 */
@NullMarked
package io.dynlock.autoconfigure;

import org.jspecify.annotations.NullMarked;
