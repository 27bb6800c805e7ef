package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockTemplate;

/**
 * A bean that changes the templates which are auto-configured, after the properties were
 * applied. Several are applied in their order.
 */
@FunctionalInterface
public interface DynlockTemplateCustomizer {

	/**
	 * Changes a template before it is built.
	 * @param client the name of the client, {@code default} or one of
	 * {@code dynlock.clients}
	 * @param builder the builder of the template
	 */
	void customize(String client, DistributedLockTemplate.Builder builder);

}
