package io.dynlock.torture.resource;

import io.dynlock.testing.Message;

/**
 * What the resource says to a write.
 *
 * @param accepted whether it took it
 * @param value what it has now
 * @param highestToken the highest token that it has seen
 */
public record Reply(boolean accepted, long value, long highestToken) {

	Message toMessage() {
		return new Message("reply").with("accepted", this.accepted)
			.with("value", this.value)
			.with("highestToken", this.highestToken);
	}

	static Reply from(Message message) {
		return new Reply(Boolean.parseBoolean(message.text("accepted")), message.number("value"),
				message.number("highestToken"));
	}

}
