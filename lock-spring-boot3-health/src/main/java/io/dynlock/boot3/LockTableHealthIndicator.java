package io.dynlock.boot3;

import io.dynlock.actuate.TableHealth;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/**
 * Says whether the tables of the locks can be used, for Spring Boot 3. Thread-safe.
 */
final class LockTableHealthIndicator extends AbstractHealthIndicator {

	private final ListableBeanFactory beanFactory;

	LockTableHealthIndicator(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		TableHealth health = TableHealth.of(this.beanFactory);
		builder.status(health.isUp() ? Status.UP : Status.DOWN).withDetails(health.details());
	}

}
