package io.dynlock.benchmarks.driver;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The JVM's own fair lock, and no table: what one process could reach at best under a
 * load on this machine.
 */
final class LocalDriver implements LockDriver {

	private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

	@Override
	public Held acquire(String key) throws InterruptedException {
		ReentrantLock lock = lock(key);
		lock.lockInterruptibly();
		return lock::unlock;
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		ReentrantLock lock = lock(key);
		return lock.tryLock() ? Optional.of(lock::unlock) : Optional.empty();
	}

	private ReentrantLock lock(String key) {
		return this.locks.computeIfAbsent(key, (same) -> new ReentrantLock(true));
	}

	@Override
	public void close() {
		// holds nothing of the system
	}

}
