/**
 * Locks for the tests of applications: in memory or on DynamoDB Local, and another
 * process that has or takes them.
 */
@NullMarked
package io.dynlock.test;

import org.jspecify.annotations.NullMarked;
