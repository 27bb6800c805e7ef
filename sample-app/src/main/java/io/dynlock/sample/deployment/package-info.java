/**
 * Deployments: under a lock with {@code @WithDistributedLock}, and recorded in a journal
 * that refuses stale fencing tokens.
 */
@NullMarked
package io.dynlock.sample.deployment;

import org.jspecify.annotations.NullMarked;
