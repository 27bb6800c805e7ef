package io.dynlock;

import java.net.URI;
import java.nio.file.Path;

import io.dynlock.testing.Dynalite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract on dynalite, a DynamoDB by others: what the library needs is what DynamoDB
 * documents, not what Amazon's emulator happens to do.
 */
@EnabledIfSystemProperty(named = "dynlock.dynalite.directory", matches = ".+",
		disabledReason = "needs npm and its registry; switch it on with -Pdynalite")
class DynaliteLockContractTests extends LockContractTests {

	private static Dynalite dynalite;

	@BeforeAll
	static void start() throws Exception {
		dynalite = Dynalite.start(Path.of(System.getProperty("dynlock.dynalite.directory")),
				System.getProperty("dynlock.dynalite.version"));
	}

	@AfterAll
	static void stop() {
		if (dynalite != null) {
			dynalite.close();
		}
	}

	@Override
	URI endpoint() {
		return dynalite.endpoint();
	}

	@Override
	boolean supportsTimeToLive() {
		return false;
	}

	@Override
	int manyTimes() {
		return 100;
	}

}
