package io.dynlock.benchmarks.driver;

import java.time.Duration;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Makes every request late, as a table would that is far away. For the synchronous client
 * only: it sleeps in the thread that makes the request.
 *
 * @param delay how late
 */
public record Lateness(Duration delay) implements ExecutionInterceptor {

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		try {
			Thread.sleep(this.delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
