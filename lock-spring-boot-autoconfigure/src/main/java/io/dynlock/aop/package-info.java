/**
 * How annotated methods get their lock: from the annotation to a specification, parsed
 * once per method, and from there to the calls of
 * {@link io.dynlock.DistributedLockOperations}.
 */
@NullMarked
package io.dynlock.aop;

import org.jspecify.annotations.NullMarked;
