package io.dynlock;

/**
 * Code that runs while several locks are held.
 *
 * @param <T> what it returns
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface MultiLockCallback<T, E extends Exception> {

	/**
	 * Does the work.
	 * @param leases the locks that are held meanwhile; they are released when this
	 * returns
	 * @return the result
	 * @throws E if the work fails; the caller of {@code execute} gets it as it is
	 */
	T run(MultiLease leases) throws E;

}
