package io.dynlock.aop;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What an expression finds under {@code #root}.
 */
final class LockRoot {

	/** Their names. Not read from the methods, of which a native image may know less. */
	static final Set<String> PROPERTIES = Collections
		.unmodifiableSet(new TreeSet<>(Set.of("args", "method", "target", "targetClass")));

	private final Method method;

	private final @Nullable Object[] args;

	private final Object target;

	private final Class<?> targetClass;

	LockRoot(Method method, @Nullable Object[] args, Object target, Class<?> targetClass) {
		this.method = method;
		this.args = args;
		this.target = target;
		this.targetClass = targetClass;
	}

	/** The method that is called. */
	public Method getMethod() {
		return this.method;
	}

	/** Its arguments. */
	public @Nullable Object[] getArgs() {
		return this.args;
	}

	/** The object on which it is called. */
	public Object getTarget() {
		return this.target;
	}

	/** The class of that object. */
	public Class<?> getTargetClass() {
		return this.targetClass;
	}

}
