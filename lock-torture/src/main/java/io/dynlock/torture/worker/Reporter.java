package io.dynlock.torture.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.dynlock.testing.Message;

/**
 * Tells whoever started this process what happens in it. Each line is written at once, so
 * that a process that is killed has written it or not, but never a part of it.
 * Thread-safe.
 */
final class Reporter {

	private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);

	void say(Message message) {
		byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			synchronized (this) {
				this.output.write(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Something about a section. */
	void say(String word, String section) {
		say(new Message(word).with("section", section));
	}

}
