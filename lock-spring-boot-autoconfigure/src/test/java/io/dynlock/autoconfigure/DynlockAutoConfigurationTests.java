package io.dynlock.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.dynlock.DistributedLockOperations;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockListener;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.aop.DistributedLockAdvisor;
import io.dynlock.aop.LockedMethodValidator;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

class DynlockAutoConfigurationTests {

	private final ApplicationContextRunner runner = SharedDynamoDb.offlineContextRunner();

	private static void assertThatNothingIsConfigured(ApplicationContext context) {
		assertThat(context.getBeanNamesForType(DynlockProperties.class)).isEmpty();
		assertThat(context.getBeanNamesForType(LockOptions.class)).isEmpty();
		assertThat(context.getBeanNamesForType(TableOptions.class)).isEmpty();
		assertThat(context.getBeanNamesForType(DistributedLockAdvisor.class)).isEmpty();
		assertThat(context.getBeanNamesForType(LockedMethodValidator.class)).isEmpty();
		assertThat(context.getBeanNamesForType(LockListener.class)).isEmpty();
	}

	@Nested
	class Defaults {

		@Test
		void aTemplateOverAClientOfItsOwn() {
			DynlockAutoConfigurationTests.this.runner.run((context) -> {
				assertThat(context).hasSingleBean(DynamoDbClient.class);
				assertThat(context).hasSingleBean(LockOptions.class);
				assertThat(context).hasSingleBean(TableOptions.class);
				assertThat(context).hasSingleBean(DistributedLockOperations.class);
				assertThat(context).hasSingleBean(DistributedLockTemplate.class);
				assertThat(context).hasSingleBean(DistributedLockAdvisor.class);
				assertThat(context).hasSingleBean(LockedMethodValidator.class);
				assertThat(context).doesNotHaveBean(EmbeddedServer.class);
				assertThat(context).doesNotHaveBean(LockListener.class);
			});
		}

		@Test
		void theTemplateUsesTheOptionsAndTheCredentialsOfTheContext() {
			DynlockAutoConfigurationTests.this.runner.run((context) -> {
				DistributedLockTemplate template = context.getBean(DistributedLockTemplate.class);
				assertThat(template.options()).isSameAs(context.getBean(LockOptions.class));
				assertThat(template.tableOptions()).isSameAs(context.getBean(TableOptions.class));
				assertThat(context.getBean(DynamoDbClient.class)
					.serviceClientConfiguration()
					.credentialsProvider()
					.resolveIdentity()
					.join()
					.accessKeyId()).isEqualTo("any");
			});
		}

		@Test
		void theClosedContextClosesTheTemplateAndTheClient() {
			ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
				.withPropertyValues("dynlock.shutdown=immediate");
			AtomicReference<DistributedLockTemplate> closed = new AtomicReference<>();
			runner.run((context) -> {
				closed.set(context.getBean(DistributedLockTemplate.class));
				closed.get().acquire("kept");
			});
			assertThatException().isThrownBy(() -> closed.get().acquire("another"))
				.withMessage("The lock client is closed, or is to be closed; it acquires no more locks");
			runner.run((context) -> assertThat(context.getBean(DistributedLockTemplate.class).status("kept").isHeld())
				.isFalse());
		}

	}

	@Nested
	class BacksOff {

		@Test
		void forLockOptions() {
			LockOptions options = LockOptions.builder().leaseDuration(Duration.ofSeconds(7)).build();
			DynlockAutoConfigurationTests.this.runner.withBean(LockOptions.class, () -> options).run((context) -> {
				assertThat(context).hasSingleBean(LockOptions.class);
				assertThat(context.getBean(DistributedLockTemplate.class).options()).isSameAs(options);
			});
		}

		@Test
		void forTableOptions() {
			TableOptions options = TableOptions.builder().table("mine").build();
			DynlockAutoConfigurationTests.this.runner.withBean(TableOptions.class, () -> options).run((context) -> {
				assertThat(context).hasSingleBean(TableOptions.class);
				assertThat(context.getBean(DistributedLockTemplate.class).tableOptions()).isSameAs(options);
			});
		}

		@Test
		void forADynamoDbClientAndLeavesItsSettingsAlone() {
			DynamoDbClient client = mock(DynamoDbClient.class);
			SharedDynamoDb.bareContextRunner()
				.withBean("mine", DynamoDbClient.class, () -> client)
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(DynamoDbClient.class)
					.hasSingleBean(DistributedLockTemplate.class));
		}

		@Test
		void forDistributedLockOperationsAndThenNeedsNoClient() {
			DistributedLockOperations operations = mock(DistributedLockOperations.class);
			SharedDynamoDb.bareContextRunner()
				.withBean("mine", DistributedLockOperations.class, () -> operations)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context).hasSingleBean(DistributedLockOperations.class);
					assertThat(context).doesNotHaveBean(DistributedLockTemplate.class);
					assertThat(context).doesNotHaveBean(DynamoDbClient.class);
					assertThat(context).hasSingleBean(DistributedLockAdvisor.class);
				});
		}

		@Test
		void forAnAdvisor() {
			DynlockAutoConfigurationTests.this.runner
				.withBean("mine", DistributedLockAdvisor.class,
						() -> new DistributedLockAdvisor(() -> mock(DistributedLockOperations.class),
								new DefaultListableBeanFactory(), 5))
				.run((context) -> assertThat(context.getBean(DistributedLockAdvisor.class).getOrder()).isEqualTo(5));
		}

	}

	@Nested
	class SwitchedOff {

		private final ApplicationContextRunner disabled = DynlockAutoConfigurationTests.this.runner
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("dynlock.enabled=false");

		@Test
		void nothingIsLeft() {
			this.disabled.run((context) -> {
				assertThatNothingIsConfigured(context);
				assertThat(context).doesNotHaveBean(DynamoDbClient.class);
				assertThat(context).doesNotHaveBean(DistributedLockOperations.class);
			});
		}

		@Test
		void nothingIsLeftEvenIfTheApplicationHasOperationsOfItsOwn() {
			this.disabled.withBean(DistributedLockOperations.class, () -> mock(DistributedLockOperations.class))
				.run(DynlockAutoConfigurationTests::assertThatNothingIsConfigured);
		}

		@Test
		void annotatedMethodsRunWithoutALock() {
			this.disabled.withBean(Jobs.class).run((context) -> assertThat(context.getBean(Jobs.class).run()).isOne());
		}

	}

	@Nested
	class MissingClasses {

		@Test
		void startsWithoutTheAwsSdk() {
			SharedDynamoDb.bareContextRunner()
				.withClassLoader(new FilteredClassLoader(DynamoDbClient.class))
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThatNothingIsConfigured(context);
				});
		}

		@Test
		void startsWithoutMicrometer() {
			DynlockAutoConfigurationTests.this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(DistributedLockTemplate.class)
					.doesNotHaveBean(LockListener.class));
		}

		@Test
		void startsWithoutSpringAop() {
			DynlockAutoConfigurationTests.this.runner.withClassLoader(new FilteredClassLoader(MethodInterceptor.class))
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(DistributedLockTemplate.class)
					.doesNotHaveBean(DistributedLockAdvisor.class)
					.doesNotHaveBean(LockedMethodValidator.class));
		}

		@Test
		void locksWithoutAspectJ() {
			SharedDynamoDb.contextRunner()
				.withClassLoader(new FilteredClassLoader("org.aspectj"))
				.withBean(Jobs.class)
				.run((context) -> assertThat(context.getBean(Jobs.class).run()).isEqualTo(2));
		}

		@Test
		void startsWithoutTheEmbeddedServer() {
			DynlockAutoConfigurationTests.this.runner.withClassLoader(new FilteredClassLoader("io.dynlock.embedded"))
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DistributedLockTemplate.class));
		}

	}

	@Nested
	class Requests {

		@Test
		void noneIsMadeDuringStartUp() {
			DynamoDbClient client = mock(DynamoDbClient.class);
			SharedDynamoDb.bareContextRunner()
				.withBean(DynamoDbClient.class, () -> client)
				.withBean(Jobs.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					then(client).should(atLeastOnce()).serviceClientConfiguration();
					then(client).shouldHaveNoMoreInteractions();
				});
		}

		@Test
		void credentialsAreLookedForDuringStartUp() {
			AwsCredentialsProvider credentials = mock(AwsCredentialsProvider.class);
			given(credentials.identityType()).willCallRealMethod();
			SharedDynamoDb.bareContextRunner()
				.withPropertyValues("dynlock.region=us-east-1")
				.withBean(AwsCredentialsProvider.class, () -> credentials)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					then(credentials).should().resolveCredentials();
				});
		}

		@Test
		void listenersAreToldInTheirOrder() {
			LockListener first = mock(LockListener.class);
			LockListener second = mock(LockListener.class);
			SharedDynamoDb.contextRunner()
				.withBean("b", Second.class, () -> new Second(second))
				.withBean("a", First.class, () -> new First(first))
				.run((context) -> {
					context.getBean(DistributedLockTemplate.class).acquire("key").close();
					InOrder order = inOrder(first, second);
					order.verify(first).acquireStarted(anyString(), anyString());
					order.verify(second).acquireStarted(anyString(), anyString());
					order.verify(first).acquired(any());
					order.verify(second).acquired(any());
				});
		}

	}

	public static class Jobs {

		@WithDistributedLock(name = "jobs")
		public int run() {
			return LockContext.find().isPresent() ? 2 : 1;
		}

	}

	@Order(1)
	static class First extends Forwarding {

		First(LockListener target) {
			super(target);
		}

	}

	@Order(2)
	static class Second extends Forwarding {

		Second(LockListener target) {
			super(target);
		}

	}

	abstract static class Forwarding implements LockListener {

		private final LockListener target;

		Forwarding(LockListener target) {
			this.target = target;
		}

		@Override
		public void acquireStarted(String key, String name) {
			this.target.acquireStarted(key, name);
		}

		@Override
		public void acquired(Lease lease) {
			this.target.acquired(lease);
		}

	}

}
