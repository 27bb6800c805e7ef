package io.dynlock.actuate;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether the tables of the locks can be used, for Spring Boot 4. Thread-safe.
 */
public final class LockTableHealthIndicator extends AbstractHealthIndicator {

	private final ListableBeanFactory beanFactory;

	/**
	 * Creates the indicator.
	 * @param beanFactory has the clients
	 */
	public LockTableHealthIndicator(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		TableHealth health = TableHealth.of(this.beanFactory);
		builder.status(health.isUp() ? Status.UP : Status.DOWN).withDetails(health.details());
	}

}
