package io.dynlock;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.TableFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users are told of failures.
 */
class LockExceptionsTests {

	private static final LockKey KEY = new LockKey("a\nb");

	private final Throwable cause = new IllegalArgumentException("underneath");

	private final LockExceptions exceptions = new LockExceptions("eu", "locks");

	private TableFailure failure(TableFailure.Kind kind, boolean outcomeUnknown) {
		return new TableFailure(kind, "What happened", outcomeUnknown, Optional.of("CREATING"),
				Optional.of(this.cause));
	}

	@Test
	void aFailureNamesItsLockAndItsClient() {
		assertThat(this.exceptions.of(failure(TableFailure.Kind.REJECTED, true), KEY))
			.isInstanceOfSatisfying(LockTableException.class, (ex) -> {
				assertThat(ex).hasMessage("What happened (at the lock 'a\\u000ab')").hasCause(this.cause);
				assertThat(ex.client()).isEqualTo("eu");
				assertThat(ex.isOutcomeUnknown()).isTrue();
			});
		assertThat(this.exceptions.of(new TableFailure(TableFailure.Kind.THROTTLED, "Too much")))
			.isInstanceOfSatisfying(LockTableException.class, (ex) -> {
				assertThat(ex).hasMessage("Too much").hasNoCause();
				assertThat(ex.isOutcomeUnknown()).isFalse();
			});
	}

	@Test
	void aTableThatIsNotActiveTellsItsStatus() {
		assertThat(this.exceptions.of(failure(TableFailure.Kind.TABLE_NOT_ACTIVE, false), KEY)).isInstanceOfSatisfying(
				TableNotActiveException.class, (ex) -> assertThat(ex.lastStatus()).isEqualTo("CREATING"));
	}

	@Test
	void anInterruptIsKept() {
		LockException exception = this.exceptions.of(failure(TableFailure.Kind.INTERRUPTED, false), KEY);

		assertThat(Thread.interrupted()).isTrue();
		assertThat(exception).isInstanceOf(LockInterruptedException.class).hasCause(this.cause);
	}

	@Test
	void aTimeoutSaysWhatWasTriedAndWhoHasTheLock() {
		LockStatus holder = new LockStatus("a\nb", true, Optional.of("id"), Optional.of("me"), Optional.empty(),
				Optional.empty(), Optional.empty(), OptionalLong.empty());
		LockTimeoutException timeout = new LockTimeoutException("locks", "a\nb", KEY.toString(), Duration.ofSeconds(2),
				1, Optional.of(holder), false);
		assertThat(timeout).hasMessage(
				"Could not acquire the lock 'a\\u000ab' in the table 'locks' within 2000 ms and 1 attempt; it is held by me");
		assertThat(timeout.holder()).contains(holder);
		assertThat(timeout.isOutcomeUnknown()).isFalse();

		LockTimeoutException inDoubt = new LockTimeoutException("locks", "a\nb", KEY.toString(), Duration.ofSeconds(2),
				3, Optional.empty(), true);
		assertThat(inDoubt)
			.hasMessage("Could not acquire the lock 'a\\u000ab' in the table 'locks' within 2000 ms and 3"
					+ " attempts; an attempt without an answer may yet take effect, and is being undone");
		assertThat(inDoubt.isOutcomeUnknown()).isTrue();
	}

	@Test
	void aProcessSaysWhereItRuns() {
		assertThat(ProcessOwner.describe("orders"))
			.matches("orders@[^:]+:" + ProcessHandle.current().pid() + ":[0-9a-z]{4}");
	}

}
