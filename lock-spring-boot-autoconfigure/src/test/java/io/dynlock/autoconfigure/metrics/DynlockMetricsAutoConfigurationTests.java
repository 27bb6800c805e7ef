package io.dynlock.autoconfigure.metrics;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.LockListener;
import io.dynlock.metrics.MicrometerLockListener;
import io.dynlock.testing.MovedAutoConfigurations;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class DynlockMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner();

	private final ApplicationContextRunner withRegistry = this.runner.withBean(MeterRegistry.class,
			SimpleMeterRegistry::new);

	@Test
	void measuresIntoTheRegistryOfTheApplication() {
		this.withRegistry.run((context) -> {
			assertThat(context).hasSingleBean(MicrometerLockListener.class);
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			assertThat(context.getBean(MeterRegistry.class)
				.get("dynlock.acquire")
				.tag("client", "default")
				.timer()
				.count()).isOne();
		});
	}

	@Test
	void measuresIntoTheRegistryThatSpringBootConfigures() {
		this.runner.withConfiguration(MovedAutoConfigurations.metrics()).run((context) -> {
			assertThat(context).hasSingleBean(MicrometerLockListener.class);
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			assertThat(context.getBean(MeterRegistry.class).get("dynlock.hold").timer().count()).isOne();
		});
	}

	@Test
	void doesNotMeasureWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(LockListener.class));
	}

	@Test
	void doesNotMeasureWhenSwitchedOff() {
		this.withRegistry.withPropertyValues("dynlock.metrics.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(DistributedLockTemplate.class)
				.doesNotHaveBean(LockListener.class));
	}

	@Test
	void backsOffForAListenerOfTheApplication() {
		MicrometerLockListener mine = new MicrometerLockListener(new SimpleMeterRegistry(), "mine");
		this.withRegistry.withBean("mine", MicrometerLockListener.class, () -> mine)
			.run((context) -> assertThat(context.getBean(LockListener.class)).isSameAs(mine));
	}

	@Test
	void measuresBesideAnotherListener() {
		this.withRegistry.withBean("other", LockListener.class, () -> new LockListener() {
		}).run((context) -> assertThat(context.getBeansOfType(LockListener.class)).hasSize(2));
	}

}
