package io.dynlock.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dynalite: a DynamoDB written by others, in Node.js. It is installed where the build
 * puts what can be thrown away, and runs as a process of its own, on the loopback address
 * only. Its tables take a while to become ACTIVE, and its refusals do not show the item.
 */
public final class Dynalite implements AutoCloseable {

	private static final String CREATE_TABLE_MILLIS = "300";

	private static final long INSTALL_MINUTES = 5;

	private static final Pattern LISTENING = Pattern.compile("listening at: (http://\\S+)");

	private final Process process;

	private final URI endpoint;

	private Dynalite(Process process, URI endpoint) {
		this.process = process;
		this.endpoint = endpoint;
	}

	/**
	 * Installs it if need be, and starts it.
	 * @param directory where it is installed
	 * @param version which
	 */
	public static Dynalite start(Path directory, String version) throws IOException, InterruptedException {
		install(directory, version);
		Path program = directory.resolve("node_modules/dynalite/cli.js");
		Process process = run(List.of("node", program.toString(), "--host", "127.0.0.1", "--port",
				Integer.toString(freePort()), "--createTableMs", CREATE_TABLE_MILLIS, "--deleteTableMs", "50"),
				directory);
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher listening = LISTENING.matcher(line);
			if (listening.find()) {
				return new Dynalite(process, URI.create(listening.group(1)));
			}
		}
		process.destroyForcibly();
		throw new IllegalStateException("Dynalite does not start; run it by hand: node " + program);
	}

	private static void install(Path directory, String version) throws IOException, InterruptedException {
		Path installed = directory.resolve("node_modules/dynalite/package.json");
		if (Files.exists(installed) && Files.readString(installed).contains("\"version\": \"" + version + "\"")) {
			return;
		}
		Files.createDirectories(directory);
		String npm = System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
		Process install = run(List.of(npm, "install", "--prefix", directory.toString(), "--no-save", "--ignore-scripts",
				"--no-audit", "--no-fund", "--loglevel=error", "dynalite@" + version), directory);
		install.inputReader(StandardCharsets.UTF_8).lines().forEach(System.err::println);
		if (!install.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || install.exitValue() != 0) {
			install.destroyForcibly();
			throw new IllegalStateException("npm could not install dynalite@" + version
					+ "; what it says is above. Make its registry reachable, or leave the profile dynalite off.");
		}
	}

	private static Process run(List<String> command, Path directory) throws IOException {
		try {
			return new ProcessBuilder(command).directory(new File(directory.toString()))
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
		}
		catch (IOException ex) {
			throw new IOException("The profile dynalite needs '" + command.get(0)
					+ "', which cannot be run; install Node.js 20 or later, or leave the profile off.", ex);
		}
	}

	/** Dynalite itself cannot choose one. */
	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** Where it listens. */
	public URI endpoint() {
		return this.endpoint;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
