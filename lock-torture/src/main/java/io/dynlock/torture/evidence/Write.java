package io.dynlock.torture.evidence;

import java.util.OptionalLong;

import io.dynlock.testing.Message;

/**
 * A write to the guarded resource.
 *
 * @param section the section that it belongs to, different for every grant
 * @param key what is written
 * @param phase whether the section begins, goes on or ends
 * @param token the fencing token that came with it
 * @param value what the resource had, or was to keep at the end of a section
 * @param validAt a time at which the lease was valid for certain: for the beginning,
 * taken after the lease had been asked, otherwise before; empty when the lease said that
 * it was not
 * @param time when the resource worked on it
 * @param accepted whether the resource took it, or refused its token
 */
public record Write(String section, String key, Phase phase, long token, long value, OptionalLong validAt,
		Interval time, boolean accepted) {

	private static final String WORD = "write";

	/** A line for another process. */
	public Message toMessage() {
		Message message = new Message(WORD).with("section", this.section)
			.with("key", this.key)
			.with("phase", this.phase)
			.with("token", this.token)
			.with("value", this.value)
			.with("from", this.time.from())
			.with("to", this.time.to())
			.with("accepted", this.accepted);
		return this.validAt.isPresent() ? message.with("validAt", this.validAt.getAsLong()) : message;
	}

	/**
	 * Reads what another process wrote.
	 * @param message from {@link #toMessage()}
	 */
	public static Write from(Message message) {
		return new Write(message.text("section"), message.text("key"), Phase.valueOf(message.text("phase")),
				message.number("token"), message.number("value"), validAt(message),
				new Interval(message.number("from"), message.number("to")),
				Boolean.parseBoolean(message.text("accepted")));
	}

	/**
	 * Whether, and when, a lease was said to be valid.
	 * @param message a line with a value {@code validAt}, or without
	 */
	public static OptionalLong validAt(Message message) {
		return message.values().containsKey("validAt") ? OptionalLong.of(message.number("validAt"))
				: OptionalLong.empty();
	}

	/** The two writes of a section. */
	public enum Phase {

		/** Reads the value. */
		BEGIN,

		/** Changes nothing; a long section writes so now and then. */
		WITHIN,

		/** Keeps the value that was read, plus one. */
		END

	}

}
