package io.dynlock.torture.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.dynlock.torture.evidence.Write;
import io.dynlock.torture.resource.Entry;
import io.dynlock.torture.resource.Ledger;
import io.dynlock.torture.resource.Reply;

/**
 * What a holder does: reads the value, works for a while, keeps the value plus one, and
 * does not look whether its lease is still valid. That is for the resource to refuse.
 *
 * @param id different for every section
 * @param key the lock
 * @param workMillis how long it works
 * @param ledger the guarded resource
 * @param reporter is told
 */
record GuardedSection(String id, String key, long workMillis, Ledger ledger,
		Reporter reporter) implements Consumer<Holder> {

	@Override
	public void accept(Holder holder) {
		this.reporter.say("waited", this.id);
		try {
			work(holder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void work(Holder holder) throws IOException, InterruptedException {
		boolean valid = holder.isValid();
		OptionalLong validAt = valid ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
		Reply begun = this.ledger.write(new Entry(this.id, this.key, Write.Phase.BEGIN, holder.token(), 0, validAt));
		if (!begun.accepted()) {
			refused(holder);
			return;
		}
		this.reporter.say("working", this.id);
		Thread.sleep(this.workMillis);
		long now = System.nanoTime();
		OptionalLong stillAt = holder.isValid() ? OptionalLong.of(now) : OptionalLong.empty();
		Reply ended = this.ledger
			.write(new Entry(this.id, this.key, Write.Phase.END, holder.token(), begun.value() + 1, stillAt));
		if (ended.accepted()) {
			this.reporter.say("kept", this.id);
		}
		else {
			refused(holder);
		}
	}

	private void refused(Holder holder) {
		if (holder.isValid()) {
			this.reporter.say("untold", this.id);
		}
	}

}
