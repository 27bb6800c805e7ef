package io.dynlock;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A lock that is held: the right to it, for a time. The lease belongs to whoever has this
 * object, not to a thread. Thread-safe.
 */
public interface Lease extends AutoCloseable {

	/** The key of the lock. */
	String key();

	/** The name under which the lock appears in metrics. */
	String name();

	/**
	 * A positive number that is larger for every later holder of this lock, in whichever
	 * process. Send it along with each write to what the lock guards, and have that
	 * refuse a number below the highest it has seen: then a holder that lost its lease
	 * without noticing, because it stood still, can do no harm.
	 */
	long fencingToken();

	/**
	 * Whether the lease may be relied on now. Once {@code false} because it was lost or
	 * released, it stays so; when only the wall clock suggests that the machine was
	 * suspended, it is {@code false} until a renewal has shown that nobody took the lock.
	 * Makes no request in the calling thread.
	 */
	boolean isValid();

	/**
	 * How long the lease remains valid if no renewal gets through: zero when it is not
	 * valid, {@link Long#MAX_VALUE} nanoseconds for a permanent lock.
	 */
	Duration remaining();

	/**
	 * Checks that the lease may be relied on now.
	 * @throws LockLostException if it was lost, or may have been
	 * @throws LockException if it was released
	 */
	void ensureValid();

	/**
	 * Renews the lease now, in this thread, with one request. Only needed for
	 * {@link LeaseMode#FIXED}, or to be sure before something expensive.
	 * @throws LockLostException if the lock is no longer held
	 * @throws LockException if the lease was released
	 * @throws LockTableException if there was no answer; the lease is as valid as before
	 * @throws LockInterruptedException if the thread was interrupted; the lease is as
	 * valid as before
	 */
	void renew();

	/**
	 * Has the callback called when the lease is lost: at once if it is lost already,
	 * never once it was released. Callbacks run on a thread of their own, in the order in
	 * which they were added. They do not delay the holders of other locks, but this lock
	 * is offered to others of this process, and released if it may still stand in the
	 * table, only when they have returned: a callback must not wait for the same lock,
	 * but may ask for it with
	 * {@link DistributedLockOperations#acquireAsync(String, LockOptions) acquireAsync}.
	 * @param callback gets the reason
	 */
	void onLost(Consumer<LossReason> callback);

	/**
	 * Runs code in this thread with the key of the lock in the context of the log
	 * (SLF4J's {@code MDC}), as {@code dynlock.key}, and has it traced as a part of
	 * holding the lock. {@code execute} does so by itself; this is for code that goes on
	 * under the lease in another thread.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param code the code; gets this lease
	 * @return what the code returned
	 * @throws E if the code threw it
	 */
	default <T, E extends Exception> T within(LockCallback<T, E> code) throws E {
		return code.run(this);
	}

	/**
	 * Releases the lock, with one request. Touches nobody else's lock, and does nothing
	 * when the lease was lost or released before. With {@link LockOptions#minHold()} the
	 * lock itself becomes free no sooner than that.
	 * @return whether the lease was held until now, as far as is known here: that
	 * somebody freed the lock by name is learnt from a renewal
	 * @throws LockTableException if there was no answer; the release is then repeated in
	 * the background, until the lease has run out
	 */
	boolean release();

	/**
	 * Releases the lock like {@link #release()}, but throws nothing: a failure is logged,
	 * so that it does not hide the result of the work that was done.
	 */
	@Override
	void close();

}
