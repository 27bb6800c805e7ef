package io.dynlock.torture;

import java.time.Duration;
import java.util.List;

import io.dynlock.testing.ChildProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TortureMainTests {

	/** The table, the resource, and the workers. */
	private static final int PROCESSES = 2 + Settings.withDefaults().workers();

	@Test
	void allProcessesEndWhenTheOneThatStartedThemIsKilled() {
		try (ChildProcess torture = ChildProcess.start(TortureMain.class, Torture.JVM)) {
			ProcessHandle main = ProcessHandle.of(torture.pid()).orElseThrow();
			assertThat(torture.receive()).isPresent();
			List<ProcessHandle> children = main.children().toList();
			assertThat(children).hasSizeGreaterThanOrEqualTo(PROCESSES);
			torture.kill();
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
		}
	}

}
