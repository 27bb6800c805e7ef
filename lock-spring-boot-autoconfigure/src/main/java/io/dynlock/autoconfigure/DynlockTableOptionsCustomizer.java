package io.dynlock.autoconfigure;

import io.dynlock.TableOptions;

/**
 * A bean that changes the options of the table which are auto-configured for each client,
 * after the properties were applied: for example tags that are known at start-up only.
 * Several are applied in their order. A {@link TableOptions} bean of the application is
 * left alone.
 */
@FunctionalInterface
public interface DynlockTableOptionsCustomizer {

	/**
	 * Changes the options of a client's table before they are built.
	 * @param client the name of the client, {@code default} or one of
	 * {@code dynlock.clients}
	 * @param options the builder of the options
	 */
	void customize(String client, TableOptions.Builder options);

}
