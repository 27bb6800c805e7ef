package io.dynlock.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dynlock.sample.Instance.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged service, as Spring processed it ahead of time, in a JVM of its own. Only
 * the profile {@code ahead-of-time} makes such a jar, and runs this.
 */
class AheadOfTimeIT {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	@TempDir
	Path folder;

	private final int port = freePort();

	private final Instance instance = Instance.at(this.port);

	private Process process;

	@BeforeEach
	void start() throws IOException {
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dspring.aot.enabled=true", "-jar", System.getProperty("sample.jar"), "--server.address=127.0.0.1",
				"--server.port=" + this.port, "--dynlock.embedded.port=0",
				"--sample.journal.file=" + this.folder.resolve("journal.tsv"))
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
	}

	@AfterEach
	void end() throws InterruptedException {
		this.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
	}

	@Test
	void deploysUnderALock() throws IOException {
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> !this.process.isAlive() || this.instance.get("/actuator/health").status() == 200);
		assertThat(Files.readString(log())).contains("Starting AOT-processed SampleApplication");

		Answer first = this.instance.deploy("prod", "1.0", 0, "5s");
		assertThat(first.status()).as(first.body()).isEqualTo(200);
		CompletableFuture<Answer> running = this.instance.deployAsync("prod", "1.1", 300, "5s");
		Awaitility.await().atMost(PATIENCE).until(() -> this.instance.get("/locks").body().contains("deployment:prod"));
		assertThat(this.instance.deploy("prod", "1.2", 0, "0s").status()).isEqualTo(423);
		assertThat(running).isNotDone();
		assertThat(first.token()).isPositive();
	}

	private Path log() {
		return this.folder.resolve("service.log");
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
