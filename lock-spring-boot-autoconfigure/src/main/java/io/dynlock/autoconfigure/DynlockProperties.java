package io.dynlock.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What concerns no single client.
 *
 * @param enabled Whether to configure distributed locks.
 * @param shutdown Whether the application, told to end, waits for work under locks.
 * @param aspect The annotation.
 * @param metrics The meters.
 * @param embedded DynamoDB Local inside the application, for development and tests.
 */
@ConfigurationProperties("dynlock")
public record DynlockProperties(@DefaultValue("true") boolean enabled, @DefaultValue("graceful") Shutdown shutdown,
		@DefaultValue AspectProperties aspect, @DefaultValue MetricsProperties metrics,
		@DefaultValue EmbeddedProperties embedded) {

	/**
	 * The annotation.
	 *
	 * @param enabled Whether methods annotated with WithDistributedLock are locked.
	 * @param order Place of the lock among other aspects; lower is further out.
	 * Transactions are at 2147483647 by default.
	 */
	public record AspectProperties(@DefaultValue("true") boolean enabled, @DefaultValue("2147483547") int order) {

	}

	/**
	 * The meters.
	 *
	 * @param enabled Whether locks are measured when there is a meter registry.
	 */
	public record MetricsProperties(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * DynamoDB Local inside the application.
	 *
	 * @param enabled Whether to start DynamoDB Local inside the application, for
	 * development and tests.
	 * @param port Port to listen on, on the loopback address; 0 for any free one.
	 * @param reuse Whether to use a DynamoDB Local that already listens on the port, such
	 * as that of another instance of the application; needs a port other than 0.
	 */
	public record EmbeddedProperties(@DefaultValue("false") boolean enabled, @DefaultValue("0") int port,
			@DefaultValue("false") boolean reuse) {

	}

	/**
	 * What becomes of locks that are held when the application is told to end. Nobody
	 * waits for a lock any more then, and no more locks are taken.
	 */
	public enum Shutdown {

		/**
		 * They may be held on until their work is done, as long as
		 * {@code spring.lifecycle.timeout-per-shutdown-phase} says.
		 */
		GRACEFUL,

		/**
		 * The application does not wait for them. Those that are still held when its
		 * beans are destroyed are released then, and their holders told of the loss.
		 */
		IMMEDIATE

	}

}
