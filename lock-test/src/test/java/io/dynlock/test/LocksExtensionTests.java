package io.dynlock.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockLostException;
import io.dynlock.LockOptions;
import io.dynlock.LossReason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class LocksExtensionTests {

	@Nested
	class InMemory extends Cases {

		@RegisterExtension
		final LocksExtension locks = LocksExtension.inMemory();

		@Override
		LocksExtension locks() {
			return this.locks;
		}

	}

	@Nested
	class Embedded extends Cases {

		@RegisterExtension
		final LocksExtension locks = LocksExtension.embedded();

		@Override
		LocksExtension locks() {
			return this.locks;
		}

	}

	abstract static class Cases {

		private static final List<String> tables = new ArrayList<>();

		abstract LocksExtension locks();

		@Test
		void aLockThatTheOtherProcessHasIsBusy() {
			Lease elsewhere = locks().otherProcess().acquire("job");
			assertThat(tryRun("job")).isEmpty();
			elsewhere.release();
			assertThat(tryRun("job")).contains("done");
		}

		@Test
		void aStolenLockIsLostAtOnce() {
			List<LossReason> reasons = new CopyOnWriteArrayList<>();
			assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> locks().template().execute("job", (lease) -> {
					lease.onLost(reasons::add);
					Lease elsewhere = locks().otherProcess().steal("job");
					assertThat(lease.isValid()).isFalse();
					assertThat(elsewhere.fencingToken()).isGreaterThan(lease.fencingToken());
					return "done";
				}));
			await().untilAsserted(() -> assertThat(reasons).singleElement().isInstanceOf(LossReason.Taken.class));
			assertThat(tryRun("job")).isEmpty();
		}

		@Test
		void aFreeLockCanBeStolenToo() {
			locks().otherProcess().steal("job");
			assertThat(tryRun("job")).isEmpty();
		}

		@Test
		void aLockThatIsReleasedMeanwhileCanBeStolen() {
			Lease released = locks().template().acquire("job");
			released.release();
			locks().otherProcess().acquired(released);
			assertThat(locks().otherProcess().steal("job").isValid()).isTrue();
		}

		@Test
		void aScanCountsWhatItFindsAndWhatItReads() {
			locks().template().acquire("held");
			locks().template().acquire("free").release();
			ScanResponse scanned = locks().client()
				.scan((scan) -> scan.tableName(locks().table().table()).filterExpression("attribute_exists(leaseId)"));
			assertThat(scanned.items()).hasSize(1);
			assertThat(scanned.count()).isOne();
			assertThat(scanned.scannedCount()).isEqualTo(2);
		}

		@Test
		void theOtherProcessDoesNotWait() {
			try (Lease lease = locks().template().acquire("job")) {
				assertThatIllegalStateException().isThrownBy(() -> locks().otherProcess().acquire("job"))
					.withMessageContaining("'job'")
					.withMessageContaining("steal");
				assertThat(lease.isValid()).isTrue();
			}
		}

		@Test
		void eachTestHasItsTable() {
			anotherTestHasAnother();
		}

		@Test
		void anotherTestHasAnother() {
			assertThat(tables).doesNotContain(locks().table().table());
			tables.add(locks().table().table());
			assertThat(locks().template().list()).isEmpty();
			locks().template().acquire("left behind");
		}

		private Optional<String> tryRun(String key) {
			return locks().template().tryExecute(key, Duration.ZERO, (lease) -> "done");
		}

	}

	@Nested
	class Misuse {

		@Test
		void thereIsNothingOutsideATest() {
			assertThatIllegalStateException().isThrownBy(() -> LocksExtension.inMemory().template())
				.withMessageContaining("@RegisterExtension");
		}

	}

	@Nested
	class Disconnected {

		@Test
		void aLeaseThatCannotBeRenewedIsLost() {
			LockOptions shortly = LockOptions.builder().leaseDuration(Duration.ofMillis(300)).build();
			try (InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb();
					DistributedLockTemplate locks = DistributedLockTemplate.builder(dynamoDb.client()).build()) {
				Lease lease = locks.acquire("job", shortly);
				dynamoDb.disconnect();
				await().until(() -> !lease.isValid());
				dynamoDb.reconnect();
				assertThat(locks.acquire("job").fencingToken()).isGreaterThan(lease.fencingToken());
			}
		}

	}

}
