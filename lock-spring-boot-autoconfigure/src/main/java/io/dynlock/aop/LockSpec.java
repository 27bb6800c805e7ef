package io.dynlock.aop;

import io.dynlock.LockOptions;
import io.dynlock.annotation.OnBusy;

/**
 * What an annotation asks for, with placeholders resolved and texts understood.
 *
 * @param name the name of the lock
 * @param keyExpression the expression for the second part of the key; empty for none
 * @param waitExpression the expression for how long to wait; empty for none
 * @param options how to wait and to hold
 * @param onBusy what to do when somebody else has the lock
 */
record LockSpec(String name, String keyExpression, String waitExpression, LockOptions options, OnBusy onBusy) {

}
