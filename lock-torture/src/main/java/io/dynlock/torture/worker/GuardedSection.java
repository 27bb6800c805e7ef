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
 * does not look whether its lease is still valid. That is for the resource to refuse. If
 * it works for long, it writes meanwhile, too, and says that it may be struck.
 *
 * @param id different for every section
 * @param key the lock
 * @param work for how long it works, and how often it writes
 * @param ledger the guarded resource
 * @param reporter is told
 */
record GuardedSection(String id, String key, Work work, Ledger ledger, Reporter reporter) implements Consumer<Holder> {

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
		if (!begun.accepted() || !isAcceptedWithin(holder)) {
			refused(holder);
			return;
		}
		Reply ended = write(holder, Write.Phase.END, begun.value() + 1);
		if (ended.accepted()) {
			this.reporter.say("kept", this.id);
		}
		else {
			refused(holder);
		}
	}

	private boolean isAcceptedWithin(Holder holder) throws IOException, InterruptedException {
		long left = this.work.millis();
		while (left > this.work.beatMillis()) {
			this.reporter.say("working", this.id);
			Thread.sleep(this.work.beatMillis());
			left -= this.work.beatMillis();
			if (!write(holder, Write.Phase.WITHIN, 0).accepted()) {
				return false;
			}
		}
		Thread.sleep(left);
		return true;
	}

	private Reply write(Holder holder, Write.Phase phase, long value) throws IOException {
		long now = System.nanoTime();
		OptionalLong validAt = holder.isValid() ? OptionalLong.of(now) : OptionalLong.empty();
		return this.ledger.write(new Entry(this.id, this.key, phase, holder.token(), value, validAt));
	}

	private void refused(Holder holder) {
		if (holder.isValid()) {
			this.reporter.say("untold", this.id);
		}
	}

}
