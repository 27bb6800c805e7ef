package io.dynlock;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.dynlock.testing.LockBed;
import io.dynlock.testing.LockBed.Node;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Virtual threads as callers. Until JDK 24, one that waits while it holds a monitor keeps
 * its carrier from running others; that can be seen of any thread, on any JDK.
 */
@Timeout(120)
class VirtualThreadTests {

	private static final LockOptions PATIENT = LockOptions.builder()
		.sleepBetweenRetries(Duration.ofMillis(20))
		.maxSleepBetweenRetries(Duration.ofMillis(50))
		.waitTimeout(Duration.ofMinutes(2))
		.build();

	@RegisterExtension
	final LockBed bed = new LockBed();

	@Test
	void noRequestIsMadeUnderAMonitor() {
		Node node = this.bed.node();
		ConcurrentLinkedQueue<List<String>> monitors = new ConcurrentLinkedQueue<>();
		node.wire().always((sent) -> true, (exchange) -> {
			monitors.add(monitors(Thread.currentThread()));
			return exchange.send();
		});
		try (Lease lease = node.locks().acquire("key")) {
			lease.renew();
			assertThat(node.locks().status("key").isHeld()).isTrue();
		}
		assertThat(monitors).hasSizeGreaterThan(4).allSatisfy((held) -> assertThat(held).isEmpty());
	}

	@Test
	void nobodyWaitsUnderAMonitor() throws InterruptedException {
		Lease elsewhere = this.bed.node().locks().acquire("key");
		DistributedLockTemplate locks = this.bed.node().locks();
		Thread polling = caller(locks);
		awaitInside(polling, "io.dynlock.internal.time.");
		Thread inLine = caller(locks);
		awaitInside(inLine, "io.dynlock.internal.protocol.LineAcquirer");
		elsewhere.close();
		polling.join();
		inLine.join();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void manyExcludeEachOtherAndPinNoCarrier(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("pinned.jfr");
		// classes are loaded and initialized by then, which pins too
		manyExcludeEachOther(20);
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(20)).withStackTrace();
			recording.start();
			manyExcludeEachOther(200);
			recording.stop();
			recording.dump(file);
		}
		assertThat(RecordingFile.readAllEvents(file)).filteredOn(VirtualThreadTests::isOfDynlock).isEmpty();
	}

	private void manyExcludeEachOther(int callers) throws Exception {
		List<Node> nodes = List.of(this.bed.node(VirtualThreadTests::patient),
				this.bed.node(VirtualThreadTests::patient));
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger finished = new AtomicInteger();
		ExecutorService threads = virtualThreads();
		List<Future<?>> calls = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			DistributedLockTemplate locks = nodes.get(i % nodes.size()).locks();
			calls.add(threads.submit(() -> locks.executeWithoutResult("key", (lease) -> {
				assertThat(isVirtual(Thread.currentThread())).isTrue();
				assertThat(inside.incrementAndGet()).isOne();
				// waits for an answer, so another carrier may go on
				assertThat(locks.status("key").isHeld()).isTrue();
				locks.executeWithoutResult("key",
						(again) -> assertThat(again.fencingToken()).isEqualTo(lease.fencingToken()));
				inside.decrementAndGet();
				finished.incrementAndGet();
			})));
		}
		for (Future<?> call : calls) {
			call.get();
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		assertThat(finished).hasValue(callers);
	}

	private static DistributedLockTemplate.Builder patient(DistributedLockTemplate.Builder builder) {
		return builder.options(PATIENT);
	}

	private static Thread caller(DistributedLockTemplate locks) {
		Thread thread = new Thread(() -> locks.acquire("key").close());
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/** Until the thread waits there, and then without a monitor. */
	private static void awaitInside(Thread thread, String place) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			ThreadInfo info = info(thread);
			boolean waiting = Stream.of(Thread.State.WAITING, Thread.State.TIMED_WAITING)
				.anyMatch((state) -> state == info.getThreadState());
			boolean there = Stream.of(info.getStackTrace()).anyMatch((frame) -> frame.getClassName().startsWith(place));
			if (waiting) {
				assertThat(monitors(info)).isEmpty();
			}
			return waiting && there;
		});
	}

	private static List<String> monitors(Thread thread) {
		return monitors(info(thread));
	}

	private static List<String> monitors(ThreadInfo info) {
		return Stream.of(info.getLockedMonitors()).map(LockInfo::toString).toList();
	}

	private static ThreadInfo info(Thread thread) {
		return ManagementFactory.getThreadMXBean().getThreadInfo(new long[] { thread.getId() }, true, false)[0];
	}

	/** Whether dynlock itself waits, rather than a library that it calls. */
	private static boolean isOfDynlock(RecordedEvent event) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.map((frame) -> frame.getMethod().getType().getName())
			.filter((type) -> !type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun."))
			.findFirst()
			.filter((type) -> type.startsWith("io.dynlock."))
			.isPresent();
	}

	/** JDK 17, for which this is compiled, has none. */
	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	private static boolean isVirtual(Thread thread) {
		try {
			return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
