package io.dynlock.annotation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.dynlock.Lease;
import io.dynlock.MultiLease;
import org.jspecify.annotations.Nullable;

/**
 * What the current thread holds for a method annotated with {@link WithDistributedLock}
 * that it runs: a {@link Lease}, or a {@link MultiLease} where the annotation names
 * {@link WithDistributedLock#keys()}. Bound to the thread: code that goes on in another
 * thread takes the lease along.
 */
public final class LockContext {

	private static final ThreadLocal<Deque<AutoCloseable>> HELD = ThreadLocal.withInitial(ArrayDeque::new);

	private LockContext() {
	}

	/**
	 * The lease of the innermost annotated method.
	 * @return the lease
	 * @throws IllegalStateException if this thread runs no such method, or one that holds
	 * several locks
	 */
	public static Lease current() {
		return find().orElseThrow(() -> missing("several locks are held here: use currentMulti()"));
	}

	/**
	 * The lease of the innermost annotated method, if this thread runs one, and it holds
	 * a single lock.
	 */
	public static Optional<Lease> find() {
		return innermost(Lease.class);
	}

	/**
	 * The leases of the innermost annotated method.
	 * @return the leases
	 * @throws IllegalStateException if this thread runs no such method, or one that holds
	 * a single lock
	 */
	public static MultiLease currentMulti() {
		return findMulti().orElseThrow(() -> missing("a single lock is held here: use current()"));
	}

	/**
	 * The leases of the innermost annotated method, if this thread runs one, and it holds
	 * several locks.
	 */
	public static Optional<MultiLease> findMulti() {
		return innermost(MultiLease.class);
	}

	private static <T> Optional<T> innermost(Class<T> type) {
		@Nullable AutoCloseable held = HELD.get().peek();
		if (held == null) {
			HELD.remove();
		}
		return type.isInstance(held) ? Optional.of(type.cast(held)) : Optional.empty();
	}

	private static IllegalStateException missing(String otherKind) {
		return new IllegalStateException(innermost(AutoCloseable.class).isPresent()
				? "There is no such lease; " + otherKind
				: "No lock is held here: call this from a method that is annotated with @WithDistributedLock, through its"
						+ " Spring bean, and in the same thread");
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
		return callHolding(lease, code);
	}

	/**
	 * Runs code with several leases as the current ones. For code that takes them to
	 * another thread.
	 * @param <T> what the code returns
	 * @param leases the leases
	 * @param code the code
	 * @return what the code returned
	 * @throws Exception what the code threw
	 */
	public static <T> T callWith(MultiLease leases, Callable<T> code) throws Exception {
		return callHolding(leases, code);
	}

	private static <T> T callHolding(AutoCloseable lease, Callable<T> code) throws Exception {
		Deque<AutoCloseable> held = HELD.get();
		held.push(lease);
		try {
			return code.call();
		}
		finally {
			held.pop();
			if (held.isEmpty()) {
				HELD.remove();
			}
		}
	}

}
