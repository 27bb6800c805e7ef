package io.dynlock.autoconfigure;

import java.util.concurrent.CompletableFuture;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockException;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A context that is closed lets work under locks end, and begins none.
 */
@ExtendWith(OutputCaptureExtension.class)
class LockShutdownTests {

	private final LoggingSystem logging = LoggingSystem.get(LockShutdownTests.class.getClassLoader());

	private final ApplicationContextRunner runner = SharedDynamoDb.patientContextRunner()
		.withPropertyValues(SharedDynamoDb.properties())
		.withBean(AwsCredentialsProvider.class, SharedDynamoDb::credentials);

	@BeforeEach
	void logAsByDefault() {
		this.logging.setLogLevel(LockShutdown.class.getPackageName(), LogLevel.INFO);
	}

	@AfterEach
	void logAsInOtherTests() {
		this.logging.setLogLevel(LockShutdown.class.getPackageName(), null);
	}

	@Test
	void waitsForWorkUnderTheLocksOfAllClients(CapturedOutput output) {
		this.runner.withPropertyValues("dynlock.clients.other.table=other-locks").run((context) -> {
			Lease lease = locks(context).acquire("job");
			Lease other = locks(context, "other").acquire("other-job");

			CompletableFuture<Void> closing = close(context);

			await().until(() -> output.getOut().contains("Waiting for work under locks to end"));
			assertThat(output).contains("key=job").contains("key=other-job");
			assertThat(lease.release()).isTrue();
			assertThat(closing).isNotDone();
			assertThat(other.isValid()).isTrue();
			assertThat(other.release()).isTrue();
			closing.join();
		});
	}

	@Test
	void takesNoMoreLocksMeanwhile(CapturedOutput output) {
		this.runner.run((context) -> {
			DistributedLockTemplate locks = locks(context);
			Lease lease = locks.acquire("job");
			CompletableFuture<Lease> waiting = locks.acquireAsync("job", locks.options());

			CompletableFuture<Void> closing = close(context);

			await().until(() -> output.getOut().contains("Waiting for work under locks to end"));
			assertThat(waiting).isCompletedExceptionally();
			assertThatExceptionOfType(LockException.class).isThrownBy(() -> locks.acquire("another"));
			lease.release();
			closing.join();
		});
	}

	@Test
	void givesUpWhenThePhaseIsOver() {
		this.runner.withBean("lifecycleProcessor", ShortPhases.class).run((context) -> {
			Lease lease = locks(context).acquire("job");

			close(context).join();

			assertThat(lease.isValid()).isFalse();
		});
	}

	@Test
	void doesNotWaitIfToldSo(CapturedOutput output) {
		this.runner.withPropertyValues("dynlock.shutdown=immediate").run((context) -> {
			Lease lease = locks(context).acquire("job");

			close(context).join();

			assertThat(lease.isValid()).isFalse();
			assertThat(output).doesNotContain("Waiting for work under locks");
		});
	}

	@Test
	void aContextThatIsOnlyStoppedKeepsItsLocks() {
		this.runner.run((context) -> {
			Lease lease = locks(context).acquire("job");

			context.getSourceApplicationContext(ConfigurableApplicationContext.class).stop();
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).start();

			assertThat(lease.isValid()).isTrue();
			locks(context).acquire("another").release();
			lease.release();
		});
	}

	@Test
	void aChildThatIsClosedLeavesTheLocksOfItsParentAlone() {
		this.runner.run((context) -> {
			new ApplicationContextRunner().withParent(context).run((child) -> assertThat(child).hasNotFailed());

			locks(context).acquire("job").release();
		});
	}

	/** One that is lazy would find the context closing. */
	@Test
	void makesNoClientToDrainIt(CapturedOutput output) {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> close(context).join());

		assertThat(output).doesNotContain("Lock client");
	}

	private static DistributedLockTemplate locks(AssertableApplicationContext context) {
		return context.getBean(DistributedLockTemplate.class);
	}

	private static DistributedLockTemplate locks(AssertableApplicationContext context, String name) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), DistributedLockTemplate.class,
				name);
	}

	private static CompletableFuture<Void> close(AssertableApplicationContext context) {
		return CompletableFuture
			.runAsync(context.getSourceApplicationContext(ConfigurableApplicationContext.class)::close);
	}

	/** Ends a phase of the shutdown at once. */
	static final class ShortPhases extends DefaultLifecycleProcessor {

		ShortPhases() {
			setTimeoutPerShutdownPhase(1);
		}

	}

}
