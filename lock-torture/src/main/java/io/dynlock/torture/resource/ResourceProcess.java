package io.dynlock.torture.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;
import io.dynlock.torture.evidence.Write;

/**
 * The resource, as seen by whoever started it.
 */
public final class ResourceProcess implements AutoCloseable {

	private final ChildProcess process;

	private final int port;

	private ResourceProcess(ChildProcess process) {
		this.process = process;
		this.port = (int) process.expect("ready").number("port");
	}

	/** Starts it. */
	public static ResourceProcess start(String... jvmArguments) {
		return new ResourceProcess(ChildProcess.start(ResourceMain.class, jvmArguments));
	}

	/** Where it listens. */
	public int port() {
		return this.port;
	}

	/** What it remembers. */
	public Memory ask() {
		List<Write> writes = new ArrayList<>();
		Map<String, Long> values = new TreeMap<>();
		this.process.send(new Message("tell"));
		for (Message line = next(); !line.word().equals("end"); line = next()) {
			if (line.word().equals("value")) {
				values.put(line.text("key"), line.number("value"));
			}
			else {
				writes.add(Write.from(line));
			}
		}
		return new Memory(writes, values);
	}

	private Message next() {
		return this.process.receive().orElseThrow(() -> new IllegalStateException("The resource has gone"));
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * What a resource remembers.
	 *
	 * @param writes all of them, in order
	 * @param values what it has now, by key
	 */
	public record Memory(List<Write> writes, Map<String, Long> values) {

	}

}
