package io.dynlock.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with the class path of this one, and a line at a time to and from it. It
 * ends when its standard input does, so it never outlives this process.
 */
public final class ChildProcess implements AutoCloseable {

	private final Process process;

	private final BufferedWriter input;

	private final BufferedReader output;

	private ChildProcess(Process process) {
		this.process = process;
		this.input = process.outputWriter(StandardCharsets.UTF_8);
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a process.
	 * @param main its main class
	 * @param jvmArguments for the JVM
	 */
	public static ChildProcess start(Class<?> main, String... jvmArguments) {
		List<String> command = new ArrayList<>();
		command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
		command.addAll(Arrays.asList(jvmArguments));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
		try {
			return new ChildProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a message.
	 * @param message the message
	 */
	public void send(Message message) {
		try {
			this.input.write(message + "\n");
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The process has ended", ex);
		}
	}

	/** Waits for a message; empty when the process has ended. */
	public Optional<Message> receive() {
		try {
			return Optional.ofNullable(this.output.readLine()).map(Message::parse);
		}
		catch (IOException ex) {
			// so does a pipe end whose process was killed
			return Optional.empty();
		}
	}

	/**
	 * Waits for a certain message.
	 * @param word what it is about
	 * @throws IllegalStateException if something else comes
	 */
	public Message expect(String word) {
		return receive().filter((message) -> message.word().equals(word))
			.orElseThrow(() -> new IllegalStateException("The process did not answer with '" + word + "'"));
	}

	/** The operating system's number of the process. */
	public long pid() {
		return this.process.pid();
	}

	/** Kills the process at once, as a crash would. */
	public void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		try {
			this.input.close();
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (IOException ex) {
			kill();
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
	}

}
