package io.dynlock.benchmarks.driver;

import java.util.Optional;

/**
 * A client of locks on one table, in the way its library means it to be used.
 * Thread-safe. Waits between two attempts as {@link DriverSettings#pause()} says, where
 * the library lets one say that.
 */
public interface LockDriver extends AutoCloseable {

	/**
	 * Acquires a lock, however long that takes.
	 * @param key the lock
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	Held acquire(String key) throws InterruptedException;

	/**
	 * Acquires a lock if that can be done without waiting.
	 * @param key the lock
	 * @return empty when somebody else holds it
	 * @throws InterruptedException if the thread is interrupted
	 */
	Optional<Held> tryAcquire(String key) throws InterruptedException;

	@Override
	void close();

}
