package io.dynlock.aop;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * One call of an annotated method.
 *
 * @param method the method as that class has it
 * @param targetClass the class of the target, or the type of a proxy that is annotated
 * @param invocation the call itself
 * @param target the object on which the method is called
 */
record LockedCall(Method method, Class<?> targetClass, MethodInvocation invocation, Object target) {

	/**
	 * A call.
	 * @param invocation the call itself
	 * @param specs knows of which class the annotation is
	 */
	static LockedCall of(MethodInvocation invocation, LockSpecSource specs) {
		Object target = invocation.getThis();
		if (target == null) {
			throw new IllegalStateException("A static method cannot be locked: " + invocation.getMethod());
		}
		Class<?> targetClass = specs.annotatedType(invocation.getMethod(), target);
		return new LockedCall(AopUtils.getMostSpecificMethod(invocation.getMethod(), targetClass), targetClass,
				invocation, target);
	}

	/** Arguments may be null; that the context takes such, its signature does not say. */
	@SuppressWarnings("NullAway")
	MethodBasedEvaluationContext context(ParameterNameDiscoverer names) {
		LockRoot root = new LockRoot(this.method, this.invocation.getArguments(), this.target, this.targetClass);
		return new MethodBasedEvaluationContext(root, this.method, this.invocation.getArguments(), names);
	}

}
