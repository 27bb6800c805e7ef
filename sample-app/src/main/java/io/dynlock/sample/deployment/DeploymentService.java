package io.dynlock.sample.deployment;

import java.time.Clock;
import java.time.Duration;

import io.dynlock.Lease;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Deploys.
 */
@Service
class DeploymentService {

	private static final Logger logger = LoggerFactory.getLogger(DeploymentService.class);

	private final DeploymentJournal journal;

	private final Clock clock;

	DeploymentService(DeploymentJournal journal, Clock clock) {
		this.journal = journal;
		this.clock = clock;
	}

	/**
	 * Deploys, when nobody else deploys to the same environment.
	 * @param environment where
	 * @param deployment what
	 * @param wait how long to wait for others; {@code null} for what application.yml says
	 */
	@WithDistributedLock(name = "deployment", key = "#environment", waitTimeout = "#wait")
	public Receipt deploy(String environment, Deployment deployment, @Nullable Duration wait)
			throws InterruptedException {
		Lease lease = LockContext.current();
		logger.info("Deploying {} to {} under the token {}", deployment.version(), environment, lease.fencingToken());
		for (int second = 0; second < deployment.seconds(); second++) {
			lease.ensureValid();
			Thread.sleep(Duration.ofSeconds(1).toMillis());
		}
		Receipt receipt = new Receipt(environment, deployment.version(), lease.fencingToken(), this.clock.instant());
		this.journal.append(receipt);
		return receipt;
	}

}
