package io.dynlock.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dynlock.DistributedLockOperations;
import io.dynlock.LockListener;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.MovedAutoConfigurations;
import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lock is held around the transaction: whoever has it next reads what was committed.
 */
@Timeout(120)
class TransactionTests {

	private static final int CALLERS = 8;

	private final ApplicationContextRunner runner = SharedDynamoDb.contextRunner()
		.withConfiguration(MovedAutoConfigurations.jdbc())
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
		.withBean(Counter.class);

	private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

	@AfterEach
	void endThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void noUpdateIsLostBetweenTwoInstances() {
		CountDownLatch asked = new CountDownLatch(CALLERS);
		ApplicationContextRunner instance = this.runner.withBean(LockListener.class, () -> new LockListener() {
			@Override
			public void acquireStarted(String key, String name) {
				asked.countDown();
			}
		});
		instance.run((one) -> {
			createTable(one);
			instance.run((other) -> {
				List<CompletableFuture<Void>> calls = IntStream.range(0, CALLERS)
					.mapToObj((i) -> ((i % 2) == 0) ? one : other)
					.map((context) -> increment(context, () -> await(asked), TransactionTests::doNothing))
					.toList();
				assertThat(CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0]))).succeedsWithin(60,
						TimeUnit.SECONDS);
				assertThat(value(one)).isEqualTo(CALLERS);
				assertThat(held(one, other)).hasSize(2 * CALLERS).containsOnly(true);
			});
		});
	}

	@Test
	void theLockIsHeldWhileTheTransactionCommits() {
		this.runner.run((context) -> {
			createTable(context);
			increment(context, TransactionTests::doNothing, TransactionTests::doNothing).join();
			assertThat(held(context)).containsExactly(true, true);
			assertThat(context.getBean(DistributedLockOperations.class).status("counter").isHeld()).isFalse();
		});
	}

	/** That the tests above would notice. */
	@Test
	void theLockIsNotHeldWhileTheTransactionCommitsWhenTheOrderIsTurnedRound() {
		reversed().run((context) -> {
			createTable(context);
			increment(context, TransactionTests::doNothing, TransactionTests::doNothing).join();
			assertThat(held(context)).containsExactly(false, false);
		});
	}

	/** That the tests above would notice. */
	@Test
	void anUpdateIsLostWhenTheOrderIsTurnedRound() {
		reversed().run((one) -> {
			createTable(one);
			reversed().run((other) -> {
				CountDownLatch released = new CountDownLatch(1);
				CountDownLatch read = new CountDownLatch(1);
				CompletableFuture<Void> first = increment(one, TransactionTests::doNothing, () -> {
					released.countDown();
					await(read);
				});
				await(released);
				CompletableFuture<Void> second = increment(other, read::countDown, TransactionTests::doNothing);
				assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(60, TimeUnit.SECONDS);
				assertThat(value(one)).isEqualTo(1);
			});
		});
	}

	private ApplicationContextRunner reversed() {
		return this.runner.withUserConfiguration(TransactionsOutside.class)
			.withPropertyValues("dynlock.aspect.order=1");
	}

	private static void createTable(ApplicationContext context) {
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		jdbc.execute("create table counter (total int)");
		jdbc.update("insert into counter values (0)");
	}

	private CompletableFuture<Void> increment(ApplicationContext context, Runnable afterRead, Runnable beforeCommit) {
		return CompletableFuture.runAsync(() -> context.getBean(Counter.class).increment(afterRead, beforeCommit),
				this.threads);
	}

	private static int value(ApplicationContext context) {
		return context.getBean(Counter.class).value();
	}

	private static List<Boolean> held(ApplicationContext... contexts) {
		return Stream.of(contexts).flatMap((context) -> context.getBean(Counter.class).held().stream()).toList();
	}

	private static void doNothing() {
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 0)
	static class TransactionsOutside {

	}

	static class Counter {

		private final JdbcTemplate jdbc;

		private final DistributedLockOperations locks;

		private final List<Boolean> held = new ArrayList<>();

		Counter(JdbcTemplate jdbc, DistributedLockOperations locks) {
			this.jdbc = jdbc;
			this.locks = locks;
		}

		@Transactional
		@WithDistributedLock(name = "counter")
		public void increment(Runnable afterRead, Runnable beforeCommit) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void beforeCommit(boolean readOnly) {
					beforeCommit.run();
					look();
				}

				@Override
				public void afterCommit() {
					look();
				}
			});
			int value = value();
			afterRead.run();
			this.jdbc.update("update counter set total = ?", value + 1);
		}

		private void look() {
			boolean held = this.locks.status("counter").isHeld();
			synchronized (this.held) {
				this.held.add(held);
			}
		}

		int value() {
			Integer value = this.jdbc.queryForObject("select total from counter", Integer.class);
			return (value != null) ? value : -1;
		}

		List<Boolean> held() {
			synchronized (this.held) {
				return List.copyOf(this.held);
			}
		}

	}

}
