package io.dynlock.internal.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The name of a lock, known to be one that DynamoDB can store as a partition key.
 * {@link #toString()} is fit for logs and messages.
 *
 * @param value the key as stored
 */
public record LockKey(String value) {

	/** The longest key, in bytes of UTF-8. */
	public static final int MAX_BYTES = 1024;

	public LockKey {
		if (value.isBlank()) {
			throw new IllegalArgumentException("The lock key '" + Printable.of(value)
					+ "' is blank; give it at least one character that is not white space");
		}
		int bytes = utf8Length(value);
		if (bytes > MAX_BYTES) {
			throw new IllegalArgumentException("The lock key '" + Printable.of(value.substring(0, 32)) + "...' has "
					+ bytes + " bytes of UTF-8; DynamoDB allows " + MAX_BYTES
					+ ", so shorten it or use a digest of it");
		}
	}

	private static int utf8Length(String value) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
			return bytes.remaining();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("The lock key '" + Printable.of(value)
					+ "' has half of a surrogate pair, which UTF-8 cannot express; remove it", ex);
		}
	}

	@Override
	public String toString() {
		return Printable.of(this.value);
	}

}
