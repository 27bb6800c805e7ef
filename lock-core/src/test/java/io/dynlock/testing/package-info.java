/**
 * What the tests share: a DynamoDB, wires to it that can be cut, and processes that stand
 * at their other end.
 */
@NullMarked
package io.dynlock.testing;

import org.jspecify.annotations.NullMarked;
