package io.dynlock.sample.deployment;

import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeploymentJournalTests {

	@TempDir
	Path folder;

	@Test
	void keepsDeploymentsInOrder() {
		DeploymentJournal journal = journal();
		journal.append(receipt("prod", "1.0", 10));
		journal.append(receipt("prod", "1.1", 11));
		assertThat(journal.list()).extracting(Receipt::version).containsExactly("1.0", "1.1");
	}

	@Test
	void refusesATokenBelowTheHighestOfTheEnvironment() {
		journal().append(receipt("prod", "2.0", 20));
		assertThatExceptionOfType(StaleDeploymentException.class)
			.isThrownBy(() -> journal().append(receipt("prod", "1.9", 19)))
			.withMessageContaining("1.9")
			.withMessageContaining("19")
			.withMessageContaining("20");
		assertThat(journal().list()).extracting(Receipt::version).containsExactly("2.0");
	}

	@Test
	void tokensOfOtherEnvironmentsDoNotMatter() {
		journal().append(receipt("prod", "2.0", 20));
		journal().append(receipt("test", "1.9", 19));
		assertThat(journal().list()).hasSize(2);
	}

	private DeploymentJournal journal() {
		return new DeploymentJournal(new JournalProperties(this.folder.resolve("journal.tsv")));
	}

	private static Receipt receipt(String environment, String version, long token) {
		return new Receipt(environment, version, token, Instant.EPOCH);
	}

}
