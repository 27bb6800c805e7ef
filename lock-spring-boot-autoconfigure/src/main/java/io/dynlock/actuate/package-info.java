/**
 * What Spring Boot's Actuator shows of locks: an endpoint, and whether the tables can be
 * used.
 */
@NullMarked
package io.dynlock.actuate;

import org.jspecify.annotations.NullMarked;
