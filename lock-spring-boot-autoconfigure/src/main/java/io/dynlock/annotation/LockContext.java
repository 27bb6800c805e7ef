package io.dynlock.annotation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.dynlock.Lease;

/**
 * The lease under which the current thread runs a method annotated with
 * {@link WithDistributedLock}. Bound to the thread: code that goes on in another thread
 * takes the lease along.
 */
public final class LockContext {

	private static final ThreadLocal<Deque<Lease>> LEASES = ThreadLocal.withInitial(ArrayDeque::new);

	private LockContext() {
	}

	/**
	 * The lease of the innermost annotated method.
	 * @return the lease
	 * @throws IllegalStateException if this thread runs no such method
	 */
	public static Lease current() {
		return find().orElseThrow(() -> new IllegalStateException(
				"No lock is held here: call this from a method that is annotated with @WithDistributedLock, through its"
						+ " Spring bean, and in the same thread"));
	}

	/**
	 * The lease of the innermost annotated method, if this thread runs one.
	 */
	public static Optional<Lease> find() {
		Optional<Lease> lease = Optional.ofNullable(LEASES.get().peek());
		if (lease.isEmpty()) {
			LEASES.remove();
		}
		return lease;
	}

	/**
	 * Runs code with a lease as the current one. For code that takes a lease to another
	 * thread.
	 * @param <T> what the code returns
	 * @param lease the lease
	 * @param code the code
	 * @return what the code returned
	 * @throws Exception what the code threw
	 */
	public static <T> T callWith(Lease lease, Callable<T> code) throws Exception {
		Deque<Lease> leases = LEASES.get();
		leases.push(lease);
		try {
			return code.call();
		}
		finally {
			leases.pop();
			if (leases.isEmpty()) {
				LEASES.remove();
			}
		}
	}

}
