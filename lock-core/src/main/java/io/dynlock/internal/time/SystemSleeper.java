package io.dynlock.internal.time;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sleeps by the operating system's clock.
 */
public final class SystemSleeper implements Sleeper {

	private final CountDownLatch awake = new CountDownLatch(1);

	@Override
	public boolean sleep(long nanos) throws InterruptedException {
		return !this.awake.await(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void wakeAll() {
		this.awake.countDown();
	}

}
