package io.dynlock.sample.readme;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockLostException;
import io.dynlock.test.LocksExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tests that the README shows, as it shows them.
 */
class TestingYourCodeTests {

	@RegisterExtension
	final LocksExtension locks = LocksExtension.inMemory();

	@Test
	void aDeploymentThatLosesItsLockFails() {
		Deployer deployer = new Deployer(this.locks.template());
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> deployer.deploy("prod", () -> this.locks.otherProcess().steal("deployment:prod")));
	}

	@Test
	void aSecondDeploymentIsRefused() {
		this.locks.otherProcess().acquire("deployment:prod");
		Deployer deployer = new Deployer(this.locks.template());
		assertThat(deployer.tryDeploy("prod")).isEmpty();
	}

	private record Deployer(DistributedLockTemplate locks) {

		String deploy(String environment, Runnable steps) {
			return this.locks.execute("deployment:" + environment, (lease) -> {
				steps.run();
				return "deployed";
			});
		}

		Optional<String> tryDeploy(String environment) {
			return this.locks.tryExecute("deployment:" + environment, Duration.ZERO, (lease) -> "deployed");
		}

	}

}
