package io.dynlock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Distributed locks by key. Implemented by {@link DistributedLockTemplate}; an interface
 * of its own so that it can be replaced in tests.
 * <p>
 * Code that runs under a lock, through {@code execute} or the annotation, may ask for the
 * same lock again in the same thread: it shares the lease, at no cost, and the last to
 * release it releases the lock. A lease from {@code acquire} belongs to whoever has the
 * object, not to the thread, and so is not shared.
 * <p>
 * Keys are 1 to 1024 bytes of UTF-8 and not blank; an {@link IllegalArgumentException}
 * says what is wrong with one. Every method may throw {@link LockTableException} when
 * DynamoDB gives no usable answer, and {@link LockInterruptedException} when the thread
 * is interrupted; then nothing is left held. All methods are thread-safe.
 */
public interface DistributedLockOperations {

	/** The options that apply where a call gives none. */
	LockOptions options();

	/**
	 * Which table the locks stand in: the same text in every process that uses it, such
	 * as {@code eu-west-1/my-locks}. A {@link MultiLock} takes locks of several tables in
	 * the order of these texts.
	 */
	String tableId();

	/**
	 * Acquires a lock, or waits for it as the default options say.
	 * @param key the lock
	 * @return the lease; release it
	 * @throws LockTimeoutException if the lock was held all the time
	 */
	Lease acquire(String key);

	/**
	 * Acquires a lock, or waits for it as the options say.
	 * @param key the lock
	 * @param options how to wait and to hold
	 * @return the lease; release it
	 * @throws LockTimeoutException if the lock was held all the time
	 */
	Lease acquire(String key, LockOptions options);

	/**
	 * Acquires a lock if it is free, or its holder is known to be dead: one request, no
	 * waiting.
	 * @param key the lock
	 * @return the lease; empty when somebody holds the lock
	 */
	default Optional<Lease> tryAcquire(String key) {
		return tryAcquire(key, Duration.ZERO);
	}

	/**
	 * Acquires a lock, or waits for it at most this long.
	 * @param key the lock
	 * @param waitTimeout how long to wait; zero for not at all
	 * @return the lease; empty when the lock was held all the time
	 */
	default Optional<Lease> tryAcquire(String key, Duration waitTimeout) {
		return tryAcquire(key, options().toBuilder().waitTimeout(waitTimeout).build());
	}

	/**
	 * Acquires a lock, or waits for it as the options say.
	 * @param key the lock
	 * @param options how to wait and to hold
	 * @return the lease; empty when the lock was held all the time
	 */
	Optional<Lease> tryAcquire(String key, LockOptions options);

	/**
	 * Acquires a lock, or waits for it as the options say, taking no thread meanwhile.
	 * Does not share a lock that the thread has already: it waits for it.
	 * @param key the lock
	 * @param options how to wait and to hold
	 * @return completes with the lease, or exceptionally as {@link #acquire} throws, on
	 * one of the few background threads that make requests: what depends on it must not
	 * block there; cancelling it ends the waiting and leaves nothing held
	 */
	CompletableFuture<Lease> acquireAsync(String key, LockOptions options);

	/**
	 * Runs code while a lock is held, until the stage that it returns completes. Does not
	 * share a lock that the thread has already: it waits for it.
	 * @param <T> what the stage gives
	 * @param key the lock
	 * @param options how to wait and to hold, and what to do about a loss
	 * @param callback the code; called on a background thread, so it must not block
	 * @return completes like the stage, after the release; cancelling it ends the
	 * waiting, not the stage
	 */
	<T> CompletableFuture<T> executeAsync(String key, LockOptions options,
			Function<Lease, ? extends CompletionStage<T>> callback);

	/**
	 * Runs code while a lock is held, as the default options say.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param key the lock
	 * @param callback the code
	 * @return what it returned
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockTimeoutException if the lock was held all the time
	 * @throws LockLostException if the lease was lost meanwhile
	 */
	default <T, E extends Exception> T execute(String key, LockCallback<T, E> callback) throws E {
		return execute(key, options(), callback);
	}

	/**
	 * Runs code while a lock is held.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param key the lock
	 * @param options how to wait and to hold, and what to do about a loss
	 * @param callback the code
	 * @return what it returned
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockTimeoutException if the lock was held all the time
	 * @throws LockLostException if the lease was lost meanwhile, unless
	 * {@link LockOptions#onLoss()} says otherwise
	 */
	<T, E extends Exception> T execute(String key, LockOptions options, LockCallback<T, E> callback) throws E;

	/**
	 * Runs code that returns nothing while a lock is held, as the default options say.
	 * @param <E> what the code may throw
	 * @param key the lock
	 * @param action the code
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockTimeoutException if the lock was held all the time
	 * @throws LockLostException if the lease was lost meanwhile
	 */
	default <E extends Exception> void executeWithoutResult(String key, LockAction<E> action) throws E {
		execute(key, (lease) -> {
			action.run(lease);
			return true;
		});
	}

	/**
	 * Runs code while a lock is held, if it can be had in time.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param key the lock
	 * @param waitTimeout how long to wait; zero for not at all
	 * @param callback the code
	 * @return what it returned; empty, and the code not run, when the lock was held all
	 * the time
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockLostException if the lease was lost meanwhile
	 */
	default <T, E extends Exception> Optional<T> tryExecute(String key, Duration waitTimeout,
			LockCallback<T, E> callback) throws E {
		return tryExecute(key, options().toBuilder().waitTimeout(waitTimeout).build(), callback);
	}

	/**
	 * Runs code while a lock is held, if it can be had as the options say.
	 * @param <T> what the code returns
	 * @param <E> what it may throw
	 * @param key the lock
	 * @param options how to wait and to hold, and what to do about a loss
	 * @param callback the code
	 * @return what it returned; empty, and the code not run, when the lock was held all
	 * the time
	 * @throws E if the code threw it; it arrives unchanged
	 * @throws LockLostException if the lease was lost meanwhile, unless
	 * {@link LockOptions#onLoss()} says otherwise
	 */
	<T, E extends Exception> Optional<T> tryExecute(String key, LockOptions options, LockCallback<T, E> callback)
			throws E;

	/**
	 * What the table says about a lock, read consistently.
	 * @param key the lock
	 * @return its status, whether it is held or not
	 */
	LockStatus status(String key);

	/**
	 * All locks that are held, read consistently, page by page as the stream is consumed.
	 * Costs a scan of the table.
	 * @return the locks, in no particular order
	 */
	Stream<LockStatus> list();

	/**
	 * Frees a lock, whoever holds it, from any process. A holder that still lives learns
	 * of it at its next renewal, that of a permanent lock when it renews by hand, and
	 * until then believes in its lease: use this for locks whose holder is gone.
	 * @param key the lock
	 * @return what was held; empty when the lock was free
	 */
	Optional<LockStatus> forceRelease(String key);

	/**
	 * Frees a lock, if it still is held by the acquisition that was seen.
	 * @param seen a held lock, from {@link #status} or {@link #list}
	 * @return whether it was still held so
	 */
	boolean forceRelease(LockStatus seen);

}
