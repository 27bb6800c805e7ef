package io.dynlock;

/**
 * Code that runs while several locks are held, and returns nothing.
 *
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface MultiLockAction<E extends Exception> {

	/**
	 * Does the work.
	 * @param leases the locks that are held meanwhile; they are released when this
	 * returns
	 * @throws E if the work fails; the caller of {@code execute} gets it as it is
	 */
	void run(MultiLease leases) throws E;

}
