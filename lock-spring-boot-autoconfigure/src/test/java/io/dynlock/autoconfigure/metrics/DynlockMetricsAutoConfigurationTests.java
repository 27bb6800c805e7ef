package io.dynlock.autoconfigure.metrics;

import java.util.concurrent.atomic.AtomicInteger;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockListener;
import io.dynlock.autoconfigure.DynlockTemplateCustomizer;
import io.dynlock.metrics.MicrometerLockListener;
import io.dynlock.testing.MovedAutoConfigurations;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils.qualifiedBeanOfType;

class DynlockMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner();

	private final ApplicationContextRunner withRegistry = this.runner.withBean(MeterRegistry.class,
			SimpleMeterRegistry::new);

	@Test
	void measuresIntoTheRegistryOfTheApplication() {
		this.withRegistry.run((context) -> {
			assertThat(context).hasSingleBean(DynlockTemplateCustomizer.class);
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
			assertThat(context).hasSingleBean(DynlockTemplateCustomizer.class);
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			assertThat(context.getBean(MeterRegistry.class).get("dynlock.hold").timer().count()).isOne();
		});
	}

	@Test
	void doesNotMeasureWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(DynlockTemplateCustomizer.class));
	}

	@Test
	void doesNotMeasureWhenSwitchedOff() {
		this.withRegistry.withPropertyValues("dynlock.metrics.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(DistributedLockTemplate.class)
				.doesNotHaveBean(DynlockTemplateCustomizer.class));
	}

	@Test
	void backsOffForAListenerOfTheApplication() {
		MicrometerLockListener mine = new MicrometerLockListener(new SimpleMeterRegistry(), "mine");
		this.withRegistry.withBean("mine", MicrometerLockListener.class, () -> mine).run((context) -> {
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
		});
	}

	@Test
	void measuresBesideAnotherListener() {
		AtomicInteger acquired = new AtomicInteger();
		this.withRegistry.withBean("other", LockListener.class, () -> new LockListener() {

			@Override
			public void acquired(Lease lease) {
				acquired.incrementAndGet();
			}

		}).run((context) -> {
			context.getBean(DistributedLockTemplate.class).acquire("key").close();
			assertThat(acquired).hasValue(1);
			assertThat(context.getBean(MeterRegistry.class).get("dynlock.hold").timer().count()).isOne();
		});
	}

	@Test
	void eachClientIsMeasuredUnderItsName() {
		this.withRegistry.withPropertyValues("dynlock.clients.eu.table=locks-of-eu").run((context) -> {
			qualifiedBeanOfType(context.getBeanFactory(), DistributedLockTemplate.class, "eu").acquire("key").close();
			assertThat(context.getBean(MeterRegistry.class).get("dynlock.hold").timers())
				.extracting((timer) -> timer.getId().getTag("client"))
				.containsExactly("eu");
		});
	}

}
