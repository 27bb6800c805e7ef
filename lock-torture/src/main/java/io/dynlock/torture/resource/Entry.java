package io.dynlock.torture.resource;

import java.util.OptionalLong;

import io.dynlock.testing.Message;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Write;

/**
 * What a holder asks of the resource.
 *
 * @param section the holder's section
 * @param key what to write
 * @param phase whether the section begins, goes on or ends
 * @param token its fencing token
 * @param value what to keep, at the end of a section
 * @param validAt when its lease was valid
 */
public record Entry(String section, String key, Write.Phase phase, long token, long value, OptionalLong validAt) {

	/** The same with another token. */
	public Entry withToken(long other) {
		return new Entry(this.section, this.key, this.phase, other, this.value, this.validAt);
	}

	Write worked(Interval time, long valueNow, boolean accepted) {
		long written = (this.phase == Write.Phase.END) ? this.value : valueNow;
		return new Write(this.section, this.key, this.phase, this.token, written, this.validAt, time, accepted);
	}

	Message toMessage() {
		Message message = new Message("entry").with("section", this.section)
			.with("key", this.key)
			.with("phase", this.phase)
			.with("token", this.token)
			.with("value", this.value);
		return this.validAt.isPresent() ? message.with("validAt", this.validAt.getAsLong()) : message;
	}

	static Entry from(Message message) {
		return new Entry(message.text("section"), message.text("key"), Write.Phase.valueOf(message.text("phase")),
				message.number("token"), message.number("value"), Write.validAt(message));
	}

}
