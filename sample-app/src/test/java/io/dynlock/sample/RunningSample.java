package io.dynlock.sample;

import java.nio.file.Path;

import io.dynlock.DistributedLockTemplate;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The application in this JVM, with a journal of its own. What its subclasses say of
 * {@code @SpringBootTest} must start its server.
 */
abstract class RunningSample {

	@TempDir
	static Path folder;

	@LocalServerPort
	int port;

	@Autowired
	DistributedLockTemplate locks;

	@DynamicPropertySource
	static void journal(DynamicPropertyRegistry properties) {
		properties.add("sample.journal.file", () -> folder.resolve("journal.tsv"));
	}

}
