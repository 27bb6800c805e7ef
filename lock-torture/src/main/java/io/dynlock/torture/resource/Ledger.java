package io.dynlock.torture.resource;

import java.io.IOException;

/**
 * The guarded resource, as its writers see it.
 */
@FunctionalInterface
public interface Ledger {

	/**
	 * Writes, or is refused.
	 * @param entry what to write
	 * @throws IOException if the resource is gone
	 */
	Reply write(Entry entry) throws IOException;

}
