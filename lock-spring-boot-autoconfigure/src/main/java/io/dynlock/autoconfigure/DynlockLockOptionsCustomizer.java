package io.dynlock.autoconfigure;

import io.dynlock.LockOptions;

/**
 * A bean that changes the options which are auto-configured for each client, after the
 * properties were applied. Several are applied in their order. A {@link LockOptions} bean
 * of the application is left alone.
 */
@FunctionalInterface
public interface DynlockLockOptionsCustomizer {

	/**
	 * Changes the options of a client before they are built.
	 * @param client the name of the client, {@code default} or one of
	 * {@code dynlock.clients}
	 * @param options the builder of the options
	 */
	void customize(String client, LockOptions.Builder options);

}
