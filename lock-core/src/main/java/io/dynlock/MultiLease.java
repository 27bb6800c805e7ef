package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

import io.dynlock.internal.protocol.Printable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Several locks that are held together, from a {@link MultiLock}. Belongs to whoever has
 * this object, not to a thread. Immutable and thread-safe. Release them through this
 * object rather than one by one.
 */
public final class MultiLease implements AutoCloseable {

	/** Nothing held. */
	static final MultiLease NONE = new MultiLease(List.of());

	private final List<Held> held;

	private MultiLease(List<Held> held) {
		this.held = held;
	}

	/** These, and another that was taken after them. */
	MultiLease with(DistributedLockOperations locks, Lease lease) {
		List<Held> more = new ArrayList<>(this.held);
		more.add(new Held(locks, lease));
		return new MultiLease(Collections.unmodifiableList(more));
	}

	/** The leases, in the order in which the locks were taken. */
	public List<Lease> leases() {
		return this.held.stream().map(Held::lease).toList();
	}

	/**
	 * The lease of one lock.
	 * @param key the lock
	 * @throws IllegalArgumentException if it is none of these locks, or that of several
	 * clients
	 */
	public Lease lease(String key) {
		List<Held> found = this.held.stream().filter((each) -> each.lease().key().equals(key)).toList();
		Arguments.check(!found.isEmpty(), "key", key, "use one of " + this);
		Arguments.check(found.size() == 1, "key", key, "several clients hold a lock of this key; say of which as well");
		return found.get(0).lease();
	}

	/**
	 * The lease of one lock.
	 * @param locks its client
	 * @param key the lock
	 * @throws IllegalArgumentException if it is none of these locks
	 */
	public Lease lease(DistributedLockOperations locks, String key) {
		return this.held.stream()
			.filter((each) -> each.locks() == locks && each.lease().key().equals(key))
			.map(Held::lease)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"The client " + locks + " holds no lock '" + Printable.of(key) + "' here; use one of " + this));
	}

	/**
	 * The {@link Lease#fencingToken() fencing token} of one lock. Each lock has its own;
	 * those of different keys are in no order.
	 * @param key the lock
	 * @throws IllegalArgumentException if it is none of these locks, or that of several
	 * clients
	 */
	public long fencingToken(String key) {
		return lease(key).fencingToken();
	}

	/** Whether all of the leases may be relied on now, as {@link Lease#isValid()}. */
	public boolean isValid() {
		return this.held.stream().allMatch((each) -> each.lease().isValid());
	}

	/** How long all of the leases remain valid if no renewal gets through. */
	public Duration remaining() {
		return this.held.stream()
			.map((each) -> each.lease().remaining())
			.min(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
	}

	/**
	 * Checks that all of the leases may be relied on now.
	 * @throws LockLostException if one was lost, or may have been; it names the lock
	 * @throws LockException if one was released
	 */
	public void ensureValid() {
		this.held.forEach((each) -> each.lease().ensureValid());
	}

	/**
	 * Renews all of the leases now, in this thread, with one request each.
	 * @throws LockLostException if a lock is no longer held; it names the lock
	 * @throws LockException if a lease was released
	 * @throws LockTableException if there was no answer; the lease is as valid as before
	 */
	public void renew() {
		this.held.forEach((each) -> each.lease().renew());
	}

	/**
	 * Has the callback called when one of the leases is lost, once for each, as
	 * {@link Lease#onLost} says. Calls for different leases may be made at the same time.
	 * @param callback gets the lease that was lost, and the reason
	 */
	public void onLost(BiConsumer<Lease, LossReason> callback) {
		this.held.forEach((each) -> each.lease().onLost((reason) -> callback.accept(each.lease(), reason)));
	}

	/**
	 * Runs code in this thread as part of holding each of the leases, as
	 * {@link Lease#within} says; the key in the context of the log is that of the lock
	 * that was taken last. {@code execute} does so by itself; this is for code that goes
	 * on under the leases in another thread.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param code the code; gets these leases
	 * @return what the code returned
	 * @throws E if the code threw it
	 */
	public <T, E extends Exception> T within(MultiLockCallback<T, E> code) throws E {
		return within(0, code);
	}

	private <T, E extends Exception> T within(int index, MultiLockCallback<T, E> code) throws E {
		return (index == this.held.size()) ? code.run(this)
				: this.held.get(index).lease().<T, E>within((lease) -> within(index + 1, code));
	}

	/**
	 * Releases all locks, the last taken first, as {@link Lease#release()} does. All are
	 * tried, whatever becomes of the others.
	 * @return whether all of them were held until now
	 * @throws LockTableException if there was no answer for one of them; further failures
	 * are suppressed into it. The releases are then repeated in the background, until the
	 * leases have run out
	 */
	public boolean release() {
		boolean all = true;
		RuntimeException first = null;
		for (Held each : lastFirst()) {
			try {
				all &= each.lease().release();
			}
			catch (RuntimeException ex) {
				first = firstOf(first, ex);
			}
		}
		if (first != null) {
			throw first;
		}
		return all;
	}

	private static RuntimeException firstOf(@Nullable RuntimeException first, RuntimeException failure) {
		if (first == null) {
			return failure;
		}
		first.addSuppressed(failure);
		return first;
	}

	/**
	 * Releases all locks like {@link #release()}, but throws nothing: failures are
	 * logged, so that they do not hide the result of the work that was done.
	 */
	@Override
	public void close() {
		for (Held each : lastFirst()) {
			try {
				each.lease().close();
			}
			catch (RuntimeException ex) {
				LoggerFactory.getLogger(MultiLease.class)
					.warn("Could not release the lock '{}'", Printable.of(each.lease().key()), ex);
			}
		}
	}

	/** Releases what was taken for nothing. */
	void abandon() {
		waiveMinHold();
		close();
	}

	/** Has the locks become free as soon as they are released. */
	void waiveMinHold() {
		for (Held each : this.held) {
			if (each.lease() instanceof GuardedLease lease) {
				lease.waiveMinHold();
			}
		}
	}

	private List<Held> lastFirst() {
		List<Held> reversed = new ArrayList<>(this.held);
		Collections.reverse(reversed);
		return reversed;
	}

	@Override
	public String toString() {
		return "MultiLease" + leases();
	}

	private record Held(DistributedLockOperations locks, Lease lease) {

	}

}
