/**
 * Measures dynlock beside other locks on DynamoDB.
 */
@NullMarked
package io.dynlock.benchmarks;

import org.jspecify.annotations.NullMarked;
