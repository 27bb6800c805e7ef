package io.dynlock;

/**
 * Code that runs while a lock is held.
 *
 * @param <T> what it returns
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface LockCallback<T, E extends Exception> {

	/**
	 * Does the work.
	 * @param lease the lock that is held meanwhile; it is released when this returns
	 * @return the result
	 * @throws E if the work fails; the caller of {@code execute} gets it as it is
	 */
	T run(Lease lease) throws E;

}
