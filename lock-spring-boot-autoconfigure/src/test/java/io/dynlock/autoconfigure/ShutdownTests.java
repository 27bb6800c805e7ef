package io.dynlock.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.LeaseMode;
import io.dynlock.LockOptions;
import io.dynlock.embedded.EmbeddedDynamoDb;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that holds a lock and waits for another is told to end (SIGTERM).
 */
@Timeout(120)
class ShutdownTests {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	/** Stays held when its holder ends. */
	private static final LockOptions PERMANENT = LockOptions.builder().leaseMode(LeaseMode.PERMANENT).build();

	private static final int ENDED_BY_SIGTERM = 128 + 15;

	private final String table = "locks-" + UUID.randomUUID();

	private final List<Process> started = new ArrayList<>();

	@AfterEach
	void endWhatWasStarted() {
		this.started.forEach(Process::destroyForcibly);
	}

	@Test
	void workUnderALockEndsAndTheLockIsReleased() throws Exception {
		try (DynamoDbClient client = client(SharedDynamoDb.endpoint());
				DistributedLockTemplate others = DistributedLockTemplate.builder(client).table(this.table).build()) {
			others.acquire(BusyApplication.WANTED, PERMANENT);
			Process application = start(SharedDynamoDb.endpoint());
			BufferedReader said = application.inputReader(StandardCharsets.UTF_8);
			awaitBusy(said);

			application.toHandle().destroy();

			assertThat(next(said)).startsWith("waits no more: ").contains("closed");
			assertThat(next(said)).isEqualTo("ended its work, and held the lock");
			assertThat(application.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
			assertThat(others.status(BusyApplication.HELD).isHeld()).isFalse();
		}
	}

	@Test
	void endsInTimeWhenTheTableIsOutOfReach() throws Exception {
		Process application;
		BufferedReader said;
		try (EmbeddedDynamoDb server = EmbeddedDynamoDb.start();
				DynamoDbClient client = client(server.endpoint());
				DistributedLockTemplate others = DistributedLockTemplate.builder(client).table(this.table).build()) {
			others.acquire(BusyApplication.WANTED, PERMANENT);
			application = start(server.endpoint());
			said = application.inputReader(StandardCharsets.UTF_8);
			awaitBusy(said);
		}
		long told = System.nanoTime();

		application.toHandle().destroy();

		assertThat(next(said)).startsWith("waits no more: ");
		assertThat(next(said)).startsWith("ended its work");
		assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(CLOSE_TIMEOUT.plusSeconds(15));
	}

	private static DynamoDbClient client(URI endpoint) {
		return DynamoDbClients.builder().endpoint(endpoint).local().build();
	}

	/** Its leases last so long that only a release ends them in time. */
	private Process start(URI endpoint) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = Stream.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				BusyApplication.class.getName(), "--dynlock.endpoint=" + endpoint, "--dynlock.region=us-east-1",
				"--dynlock.table=" + this.table, "--dynlock.lease.duration=2m", "--dynlock.sleep-between-retries=50ms",
				"--dynlock.max-sleep-between-retries=100ms", "--dynlock.request-timeout=1s",
				"--dynlock.close-timeout=" + CLOSE_TIMEOUT.toMillis() + "ms", "--spring.main.web-application-type=none")
			.toList();
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.started.add(process);
		return process;
	}

	/** Waits until it holds the one lock and has tried to get the other. */
	private static void awaitBusy(BufferedReader said) throws IOException {
		boolean holds = false;
		boolean waits = false;
		while (!holds || !waits) {
			String line = line(said);
			holds |= line.equals("holds");
			waits |= line.equals("waits");
		}
	}

	private static String next(BufferedReader said) throws IOException {
		String line = line(said);
		while (line.equals("waits")) {
			line = line(said);
		}
		return line;
	}

	private static String line(BufferedReader said) throws IOException {
		String line = said.readLine();
		while (line != null && !line.startsWith(BusyApplication.MARK)) {
			line = said.readLine();
		}
		assertThat(line).as("The application has ended too early").isNotNull();
		return line.substring(BusyApplication.MARK.length());
	}

}
