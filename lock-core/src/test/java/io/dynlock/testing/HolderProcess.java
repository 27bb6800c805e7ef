package io.dynlock.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.Lease;
import io.dynlock.LockOptions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A JVM of its own that takes a lock and keeps it until it is ended.
 */
public final class HolderProcess implements AutoCloseable {

	private static final String TOKEN = "token ";

	private static final String LOST = "lost ";

	private final Process process;

	private final BufferedReader output;

	private HolderProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/** Starts the process. */
	public static HolderProcess start(URI endpoint, String table, String key, Duration lease) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new HolderProcess(new ProcessBuilder(
				List.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						HolderProcess.class.getName(), endpoint.toString(), table, key, lease.toString()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
	}

	/** Waits until it has the lock. */
	public long awaitToken() throws IOException {
		return Long.parseLong(await(TOKEN));
	}

	/** Waits until it has lost the lock, and knows it. */
	public String awaitLoss() throws IOException {
		return await(LOST);
	}

	private String await(String prefix) throws IOException {
		String line = this.output.readLine();
		while (line != null && !line.startsWith(prefix)) {
			line = this.output.readLine();
		}
		if (line == null) {
			throw new IllegalStateException("The process has ended without saying '" + prefix + "'");
		}
		return line.substring(prefix.length());
	}

	/** Ends it at once, with no chance to clean up. */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** Lets it stand still. */
	public void suspend() throws IOException, InterruptedException {
		signal("-STOP");
	}

	/** Lets it go on. */
	public void resume() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", signal, Long.toString(this.process.pid())).inheritIO().start();
		if (kill.waitFor() != 0) {
			throw new IllegalStateException("kill " + signal + " failed");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * What the process does.
	 * @param args endpoint, table, key and lease duration
	 */
	public static void main(String[] args) throws IOException {
		try (DynamoDbClient client = DynamoDbClients.builder().endpoint(URI.create(args[0])).local().build();
				DistributedLockTemplate locks = DistributedLockTemplate.builder(client).table(args[1]).build()) {
			Lease lease = locks.acquire(args[2], LockOptions.builder().leaseDuration(Duration.parse(args[3])).build());
			lease.onLost((reason) -> say(LOST + reason));
			say(TOKEN + lease.fencingToken());
			// ends with the process that started this one, if nothing else ends it
			System.in.transferTo(OutputStream.nullOutputStream());
		}
	}

	private static void say(String line) {
		System.out.println(line);
		System.out.flush();
	}

}
