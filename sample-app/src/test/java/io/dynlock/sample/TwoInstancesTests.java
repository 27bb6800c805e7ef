package io.dynlock.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances in processes of their own, as the README shows them.
 */
class TwoInstancesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	@TempDir
	Path folder;

	private final int tablePort = freePort();

	private final int hostPort = freePort();

	private final int otherPort = freePort();

	private final Instance host = Instance.at(this.hostPort);

	private final Instance other = Instance.at(this.otherPort);

	private Process hostProcess;

	private Process otherProcess;

	@BeforeEach
	void startBoth() throws IOException {
		this.hostProcess = start(this.hostPort);
		awaitStart(this.host);
		this.otherProcess = start(this.otherPort);
		awaitStart(this.other);
	}

	@AfterEach
	void endBoth() throws InterruptedException {
		for (Process process : List.of(this.otherProcess, this.hostProcess)) {
			process.destroyForcibly();
			process.waitFor(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void excludeEachOtherAndReplaceOneThatWasKilled() throws Exception {
		CompletableFuture<Instance.Answer> killed = this.other.deployAsync("prod", "1.0", 300, "0s");
		awaitHeld();
		assertThat(this.host.deploy("prod", "1.1", 0, "0s").status()).isEqualTo(423);

		this.otherProcess.destroyForcibly().waitFor();
		assertThat(killed).failsWithin(PATIENCE);
		Instance.Answer successor = this.host.deploy("prod", "1.2", 0, "60s");
		assertThat(successor.status()).isEqualTo(200);
		assertThat(this.host.get("/deployments").body()).contains("\"version\":\"1.2\"")
			.doesNotContain("\"version\":\"1.0\"", "\"version\":\"1.1\"");
	}

	@Test
	void anInstanceThatIsToldToEndFinishesItsDeploymentAndTurnsOthersAway() throws Exception {
		CompletableFuture<Instance.Answer> deploying = this.other.deployAsync("prod", "1.0", 8, "0s");
		awaitHeld();
		CompletableFuture<Instance.Answer> waiting = this.other.deployAsync("prod", "1.1", 0, "60s");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.other.get("/actuator/dynlock").body().contains("\"waiters\":1"));

		this.otherProcess.toHandle().destroy();

		assertThat(waiting.get().status()).isEqualTo(503);
		assertThat(deploying).isNotDone();
		assertThat(deploying.get().status()).isEqualTo(200);
		assertThat(this.otherProcess.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.host.deploy("prod", "1.2", 0, "0s").status()).isEqualTo(200);
	}

	private void awaitHeld() {
		Awaitility.await().atMost(PATIENCE).until(() -> this.host.get("/locks").body().contains("deployment:prod"));
	}

	private void awaitStart(Instance instance) {
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> instance.get("/actuator/health").status() == 200);
	}

	private Process start(int port) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(), "--server.port=" + port,
				"--dynlock.embedded.port=" + this.tablePort, "--dynlock.lease.duration=3s",
				"--sample.journal.file=" + this.folder.resolve("journal.tsv"))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
