package io.dynlock.aop;

import java.util.List;

import io.dynlock.LockOptions;
import io.dynlock.annotation.OnBusy;

/**
 * What an annotation asks for, with placeholders resolved and texts understood.
 *
 * @param name the name of the lock
 * @param client the qualifier of the client; empty for that of the application
 * @param isMulti whether several locks are taken as one
 * @param keyExpressions the expressions for the second part of the keys; empty for none
 * @param waitExpression the expression for how long to wait; empty for none
 * @param options how to wait and to hold
 * @param onBusy what to do when somebody else has the lock
 * @param leaseParameter how the method gets its lease
 */
record LockSpec(String name, String client, boolean isMulti, List<String> keyExpressions, String waitExpression,
		LockOptions options, OnBusy onBusy, LeaseParameter leaseParameter) {

}
