package io.dynlock.benchmarks.scenario;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What this JVM uses.
 */
final class Jvm {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private Jvm() {
	}

	/** Bytes that each thread has allocated since it started. */
	static Map<Long, Long> allocatedBytes() {
		long[] ids = threads.getAllThreadIds();
		long[] bytes = threads.getThreadAllocatedBytes(ids);
		Map<Long, Long> byThread = new HashMap<>();
		for (int i = 0; i < ids.length; i++) {
			byThread.put(ids[i], Math.max(0, bytes[i]));
		}
		return byThread;
	}

	/**
	 * What was allocated since then, by threads that still live.
	 * @param earlier what {@link #allocatedBytes} said then
	 */
	static long allocatedSince(Map<Long, Long> earlier) {
		return allocatedBytes().entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - earlier.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

	static long cpuNanos() {
		return system.getProcessCpuTime();
	}

	static int threadCount() {
		return threads.getThreadCount();
	}

	/** Bytes in use after garbage collections, the least of several. */
	static long liveHeap() throws InterruptedException {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			System.gc();
			Thread.sleep(100);
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

}
