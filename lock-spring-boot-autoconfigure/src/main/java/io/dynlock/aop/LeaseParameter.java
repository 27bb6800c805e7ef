package io.dynlock.aop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;

import io.dynlock.Lease;
import io.dynlock.LockConfigurationException;
import io.dynlock.MultiLease;
import org.aopalliance.intercept.MethodInvocation;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * The parameter through which a method gets what it holds, if it has one.
 *
 * @param index its place among the parameters; negative for none
 */
record LeaseParameter(int index) {

	private static final LeaseParameter NONE = new LeaseParameter(-1);

	/**
	 * Finds it.
	 * @param method the annotated method
	 * @param several whether it holds several locks
	 * @throws LockConfigurationException if there are several, or one of the wrong type
	 */
	static LeaseParameter of(Method method, boolean several) {
		Class<?>[] types = method.getParameterTypes();
		List<Integer> found = IntStream.range(0, types.length)
			.filter((index) -> types[index] == Lease.class || types[index] == MultiLease.class)
			.boxed()
			.toList();
		if (found.isEmpty()) {
			return NONE;
		}
		Class<?> held = several ? MultiLease.class : Lease.class;
		if (found.size() > 1 || types[found.get(0)] != held) {
			throw new LockConfigurationException(
					"@WithDistributedLock on " + LockKeyEvaluator.describe(method) + " cannot work: its parameters are "
							+ found.stream().map((index) -> types[index].getSimpleName()).toList() + ", but it holds "
							+ (several ? "several locks, because keys is set." : "a single lock."),
					"Declare one parameter of type " + held.getSimpleName() + ", or none.");
		}
		return new LeaseParameter(found.get(0));
	}

	/**
	 * Passes on what is held, in place of what the caller passed. Arguments may be null;
	 * that the invocation takes such, its signature does not say.
	 */
	@SuppressWarnings("NullAway")
	void fill(MethodInvocation invocation, Held held) {
		if (this.index < 0) {
			return;
		}
		Object[] arguments = invocation.getArguments().clone();
		arguments[this.index] = held.lease();
		((ProxyMethodInvocation) invocation).setArguments(arguments);
	}

}
