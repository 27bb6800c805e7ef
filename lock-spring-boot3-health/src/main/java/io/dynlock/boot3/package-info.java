/**
 * The health indicator for Spring Boot 3.
 */
@NullMarked
package io.dynlock.boot3;

import org.jspecify.annotations.NullMarked;
