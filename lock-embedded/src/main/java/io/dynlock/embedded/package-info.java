/**
 * Amazon's DynamoDB Local inside the JVM, for tests and demonstrations.
 */
@NullMarked
package io.dynlock.embedded;

import org.jspecify.annotations.NullMarked;
