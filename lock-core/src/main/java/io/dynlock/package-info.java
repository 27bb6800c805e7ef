/**
 * Distributed locks on one Amazon DynamoDB table.
 * <p>
 * {@link io.dynlock.DistributedLockTemplate} acquires locks by key and hands out a
 * {@link io.dynlock.Lease} for each; {@link io.dynlock.LockOptions} says how long to wait
 * and to hold; {@link io.dynlock.LockStatus} tells who holds a lock. Whatever goes wrong
 * is a {@link io.dynlock.LockException}. These types, with
 * {@link io.dynlock.DynamoDbClients} to make the AWS SDK's client, are all that most
 * users need; {@link io.dynlock.LockListener} is for metrics.
 */
@NullMarked
package io.dynlock;

import org.jspecify.annotations.NullMarked;
