package io.dynlock;

/**
 * Code that runs while a lock is held, and returns nothing.
 *
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface LockAction<E extends Exception> {

	/**
	 * Does the work.
	 * @param lease the lock that is held meanwhile; it is released when this returns
	 * @throws E if the work fails; the caller of {@code execute} gets it as it is
	 */
	void run(Lease lease) throws E;

}
