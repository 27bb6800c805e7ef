package io.dynlock.sample.report;

import io.dynlock.DistributedLockOperations;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reports regularly. Every instance has the schedule, one of them does the work: the
 * others find the lock held and skip. It stays held longer than the clocks of the hosts
 * differ, so that none comes late and does the work again.
 */
@Component
class LockReport {

	private static final Logger logger = LoggerFactory.getLogger(LockReport.class);

	private final DistributedLockOperations locks;

	LockReport(DistributedLockOperations locks) {
		this.locks = locks;
	}

	@Scheduled(cron = "${sample.report.cron}")
	@WithDistributedLock(name = "report", onBusy = OnBusy.SKIP, minHold = "${sample.report.min-hold}")
	public void report() {
		long held = this.locks.list().filter((status) -> status.key().startsWith("deployment:")).count();
		logger.info("This instance reports: {} deployments under way", held);
	}

}
