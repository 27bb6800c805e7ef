package io.dynlock.torture.worker;

import java.io.IOException;

import io.dynlock.torture.resource.Entry;
import io.dynlock.torture.resource.Ledger;
import io.dynlock.torture.resource.Reply;

/**
 * Writes what is refused once more, with the highest token there is.
 *
 * @param resource what is written to
 */
record DeafLedger(Ledger resource) implements Ledger {

	@Override
	public Reply write(Entry entry) throws IOException {
		Reply reply = this.resource.write(entry);
		return reply.accepted() ? reply : this.resource.write(entry.withToken(reply.highestToken()));
	}

}
