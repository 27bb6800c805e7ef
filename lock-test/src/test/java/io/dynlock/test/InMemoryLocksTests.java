package io.dynlock.test;

import java.time.Duration;

import io.dynlock.DistributedLockOperations;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.annotation.OnBusy;
import io.dynlock.annotation.WithDistributedLock;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@InMemoryLocks
class InMemoryLocksTests {

	@Autowired
	private Reports reports;

	@Autowired
	private OtherProcess other;

	@Autowired
	private DistributedLockOperations locks;

	@Test
	void anAnnotatedMethodIsSkippedWhileAnotherProcessHasItsLock() {
		try (Lease elsewhere = this.other.acquire("report")) {
			assertThat(elsewhere.isValid()).isTrue();
			assertThat(this.reports.write(() -> {
			})).isZero();
		}
		assertThat(this.reports.write(() -> {
		})).isOne();
	}

	@Test
	void anAnnotatedMethodThatLosesItsLockFails() {
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> this.reports.write(() -> this.other.steal("report").release()));
		assertThat(this.locks.tryAcquire("report", Duration.ofSeconds(5))).hasValueSatisfying(Lease::release);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Reports.class)
	static class Application {

	}

	static class Reports {

		@WithDistributedLock(name = "report", onBusy = OnBusy.SKIP)
		int write(Runnable work) {
			work.run();
			return 1;
		}

	}

}
