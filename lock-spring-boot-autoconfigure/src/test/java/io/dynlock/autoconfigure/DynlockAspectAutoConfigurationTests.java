package io.dynlock.autoconfigure;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.aop.DistributedLockAdvisor;
import io.dynlock.testing.SharedDynamoDb;
import io.dynlock.testing.StartUpFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.autoproxy.InfrastructureAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DynlockAspectAutoConfigurationTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner();

	@Test
	void annotatedBeansAreProxiedWithoutAnyFurtherSetting() {
		this.runner.withUserConfiguration(Application.class).run((context) -> {
			assertThat(AopUtils.isCglibProxy(context.getBean(Greeter.class))).isTrue();
			assertThat(context.getBean(Greeter.class).greet()).isEqualTo("greeter");
		});
	}

	@Test
	void annotatedBeansAreProxiedEvenWhereAspectsAreSwitchedOff() {
		this.runner.withPropertyValues("spring.aop.auto=false")
			.withUserConfiguration(Application.class)
			.run((context) -> assertThat(context.getBean(Greeter.class).greet()).isEqualTo("greeter"));
	}

	@Test
	void annotatedBeansAreProxiedWithoutTheAopAutoConfiguration() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DynlockAutoConfiguration.class, DynlockAspectAutoConfiguration.class))
			.withPropertyValues("dynlock.embedded.enabled=true")
			.withUserConfiguration(Application.class)
			.run((context) -> assertThat(context.getBean(Greeter.class).greet()).isEqualTo("greeter"));
	}

	@Test
	void anAdvisorOfTheApplicationLocksWithoutAspectJToo() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DynlockAutoConfiguration.class, DynlockAspectAutoConfiguration.class))
			.withPropertyValues("dynlock.embedded.enabled=true")
			.withUserConfiguration(WithAdvisor.class, Application.class)
			.run((context) -> {
				assertThat(context.getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME))
					.isExactlyInstanceOf(InfrastructureAdvisorAutoProxyCreator.class);
				assertThat(context).getBean(DistributedLockAdvisor.class)
					.extracting(DistributedLockAdvisor::getOrder)
					.isEqualTo(7);
				assertThat(context.getBean(Greeter.class).greet()).isEqualTo("greeter");
			});
	}

	@Test
	void interfacesAreProxiedWhereTheApplicationWantsThat() {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean(PoliteGreeter.class)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Polite.class))).isTrue();
				assertThat(context.getBean(Polite.class).greet()).isEqualTo("polite");
			});
	}

	@Test
	void noBeanIsCreatedBeforeAllPostProcessorsAreThere(CapturedOutput output) {
		this.runner.withUserConfiguration(Application.class, WithPostProcessors.class)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				assertThat(context.getBean(Greeter.class).greet()).isEqualTo("greeter");
				assertThat(context.getBean(LatePostProcessor.class).sawTheTemplate).isTrue();
			});
		assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
	}

	@Test
	void anOrderThatIsNoNumberIsReportedByName() {
		assertThat(
				StartUpFailures.of(this.runner.withPropertyValues("dynlock.aspect.order=outermost")).getDescription())
			.contains("dynlock.aspect.order", "outermost");
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Greeter greeter(DistributedLockOperations locks) {
			assertThat(locks).isNotNull();
			return new Greeter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithAdvisor {

		@Bean
		static DistributedLockAdvisor theirs(ObjectProvider<DistributedLockOperations> locks,
				ConfigurableListableBeanFactory beanFactory) {
			return new DistributedLockAdvisor(locks::getObject, beanFactory, 7);
		}

	}

	static class Greeter {

		@WithDistributedLock(name = "greeter")
		public String greet() {
			return LockContext.current().name();
		}

	}

	interface Polite {

		String greet();

	}

	static class PoliteGreeter implements Polite {

		@Override
		@WithDistributedLock(name = "polite")
		public String greet() {
			return LockContext.current().name();
		}

	}

	/** The auto-proxy creator looks at each of these when it is created. */
	@Configuration(proxyBeanMethods = false)
	static class WithPostProcessors {

		@Bean
		static OrderedPostProcessor orderedPostProcessor() {
			return new OrderedPostProcessor();
		}

		@Bean
		static LatePostProcessor latePostProcessor() {
			return new LatePostProcessor();
		}

	}

	static class OrderedPostProcessor implements BeanPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static class LatePostProcessor implements BeanPostProcessor {

		private boolean sawTheTemplate;

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			this.sawTheTemplate |= bean instanceof DistributedLockTemplate;
			return bean;
		}

	}

}
