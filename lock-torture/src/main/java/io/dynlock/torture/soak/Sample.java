package io.dynlock.torture.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * What this process takes.
 *
 * @param heapBytes what is reachable on the heap
 * @param threads how many threads are alive
 */
record Sample(long heapBytes, int threads) {

	/** Takes a sample, after a garbage collection. */
	static Sample take() {
		System.gc();
		long heap = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.mapToLong(Sample::leftByCollection)
			.sum();
		return new Sample(heap, ManagementFactory.getThreadMXBean().getThreadCount());
	}

	private static long leftByCollection(MemoryPoolMXBean pool) {
		return (pool.getCollectionUsage() != null) ? pool.getCollectionUsage().getUsed() : pool.getUsage().getUsed();
	}

}
