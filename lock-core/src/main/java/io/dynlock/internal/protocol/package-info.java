/**
 * The lock protocol as pure logic: what to ask the table, what its answers mean, when a
 * lease holds and when it is lost. Knows neither the AWS SDK nor the public API, and sees
 * time only through {@code io.dynlock.internal.time}.
 */
@NullMarked
package io.dynlock.internal.protocol;

import org.jspecify.annotations.NullMarked;
