package io.dynlock.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.Sighting;
import io.dynlock.internal.protocol.TableFailure;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelTableTests {

	private static final LockKey KEY = new LockKey("key");

	private final SimulatedTime world = new SimulatedTime();

	private final SimulatedProcess process = this.world.process("a");

	private ModelTable table = ModelTable.retaining();

	private TableConnection connection = this.table.connect(this.process);

	private void use(ModelTable table) {
		this.table = table;
		this.connection = table.connect(this.process);
	}

	private Answer acquire(String leaseId) {
		return acquire(leaseId, Optional.empty());
	}

	private Answer acquire(String leaseId, Optional<Sighting> runOut) {
		return this.connection.send(new Request.Acquire(KEY, leaseId, "somebody", 1_000, Optional.of("note"), runOut));
	}

	private Answer release(String leaseId) {
		return this.connection.send(new Request.Release(KEY, leaseId));
	}

	private static long version(Answer answer) {
		return ((Answer.Written) answer).version();
	}

	@Nested
	class Conditions {

		@Test
		void aNewItemsVersionStartsFromTheClock() {
			assertThat(version(acquire("x"))).isEqualTo(process.wallMillis() + 1);
			LockRecord item = table.item(KEY).orElseThrow();
			assertThat(item.leaseId()).contains("x");
			assertThat(item.leaseMillis()).hasValue(1_000);
			assertThat(item.note()).contains("note");
		}

		@Test
		void theHolderMayRepeatItsAcquisition() {
			long first = version(acquire("x"));
			assertThat(version(acquire("x"))).isEqualTo(first + 1);
		}

		@Test
		void aHeldLockRefusesAndTellsItsHolder() {
			acquire("x");
			Answer answer = acquire("y");
			assertThat(answer).isEqualTo(new Answer.Refused(table.item(KEY)));
		}

		@Test
		void aServerMayKeepItsHolderToItself() {
			use(ModelTable.tellingNoHolder());
			acquire("x");
			assertThat(acquire("y")).isEqualTo(new Answer.Refused(Optional.empty()));
		}

		@Test
		void aWatchedLeaseIsTakenOnlyAsItWasSeen() {
			long version = version(acquire("x"));
			assertThat(acquire("y", Optional.of(new Sighting("x", version - 1)))).isInstanceOf(Answer.Refused.class);
			assertThat(acquire("y", Optional.of(new Sighting("z", version)))).isInstanceOf(Answer.Refused.class);
			assertThat(version(acquire("y", Optional.of(new Sighting("x", version))))).isEqualTo(version + 1);
		}

		@Test
		void renewalsRaiseTheVersionForTheHolderOnly() {
			long version = version(acquire("x"));
			assertThat(connection.send(new Request.Renew(KEY, "x", 1_000))).isInstanceOf(Answer.Written.class);
			assertThat(table.item(KEY).orElseThrow().version()).hasValue(version + 1);
			assertThat(connection.send(new Request.Renew(KEY, "y", 1_000)))
				.isEqualTo(new Answer.Refused(table.item(KEY)));
		}

		@Test
		void aPermanentLockHasAnotherIdAndNoLease() {
			long version = version(acquire("x"));
			Request permanent = new Request.MakePermanent(KEY, "x", "p");
			assertThat(connection.send(permanent)).isInstanceOf(Answer.Written.class);
			assertThat(connection.send(permanent)).isInstanceOf(Answer.Written.class);
			LockRecord item = table.item(KEY).orElseThrow();
			assertThat(item.leaseId()).contains("p");
			assertThat(item.leaseMillis()).isEmpty();
			assertThat(item.version()).hasValue(version + 2);
			assertThat(acquire("x")).isInstanceOf(Answer.Refused.class);
		}

		@Test
		void aReleaseKeepsTheVersion() {
			long version = version(acquire("x"));
			assertThat(release("y")).isEqualTo(new Answer.Refused(Optional.empty()));
			assertThat(release("x")).isInstanceOf(Answer.Written.class);
			LockRecord item = table.item(KEY).orElseThrow();
			assertThat(item.isFree()).isTrue();
			assertThat(item.version()).hasValue(version);
			assertThat(version(acquire("y"))).isEqualTo(version + 1);
		}

		@Test
		void aReleaseMayDeleteTheItem() {
			use(ModelTable.deleting());
			acquire("x");
			release("x");
			assertThat(table.item(KEY)).isEmpty();
		}

		@Test
		void theGoPackagesLockIsHeldUntilItIsRemoved() {
			table.putForeign(KEY);
			assertThat(acquire("x")).isEqualTo(new Answer.Refused(table.item(KEY)));
			Request release = new Request.ReleaseForeign(KEY);
			assertThat(connection.send(release)).isInstanceOf(Answer.Written.class);
			acquire("x");
			assertThat(connection.send(release)).isEqualTo(new Answer.Refused(Optional.empty()));
		}

		@Test
		void aMissingTableAsksToBePreparedWhereThatMayHappen() {
			table.drop();
			assertThat(acquire("x")).extracting("failure.kind").isEqualTo(TableFailure.Kind.UNPREPARED);
			assertThat(release("x")).extracting("failure.kind").isEqualTo(TableFailure.Kind.NO_TABLE);
			connection.send(new Request.Prepare(KEY));
			assertThat(acquire("x")).isInstanceOf(Answer.Written.class);
		}

	}

	@Nested
	class Faults {

		@Test
		void aLostAnswerHidesAnEffect() {
			connection.next(Request.Acquire.class, Fault.loseAnswer());
			assertThat(acquire("x")).extracting("failure.outcomeUnknown").isEqualTo(true);
			assertThat(table.item(KEY).orElseThrow().leaseId()).contains("x");
		}

		@Test
		void aLostRequestHasNoEffect() {
			connection.next(Request.Acquire.class, Fault.loseRequest());
			assertThat(acquire("x")).extracting("failure.outcomeUnknown").isEqualTo(true);
			assertThat(table.item(KEY)).isEmpty();
			assertThat(acquire("x")).isInstanceOf(Answer.Written.class);
		}

		@Test
		void aLateRequestLandsWhenItsTimeHasCome() {
			connection.next(Request.Acquire.class, Fault.landLate(Duration.ofSeconds(3)));
			acquire("x");
			world.advance(Duration.ofMillis(2_999));
			assertThat(table.item(KEY)).isEmpty();
			world.advance(Duration.ofMillis(1));
			assertThat(table.item(KEY)).isPresent();
		}

		@Test
		void aCopyLandsLaterToo() {
			connection.next(Request.Acquire.class, Fault.repeatLate(Duration.ofSeconds(3)));
			long version = version(acquire("x"));
			world.advance(Duration.ofSeconds(3));
			assertThat(table.item(KEY).orElseThrow().version()).isEqualTo(OptionalLong.of(version + 1));
		}

		@Test
		void aStaleReadFindsAnOlderState() {
			acquire("x");
			release("x");
			connection.next(Request.Read.class, Fault.staleRead(1));
			Answer stale = connection.send(new Request.Read(KEY, false));
			assertThat(((Answer.Found) stale).current().orElseThrow().leaseId()).contains("x");
			assertThat(connection.send(new Request.Read(KEY, false))).isEqualTo(new Answer.Found(table.item(KEY)));
		}

		@Test
		void faultsGoOnUntilTheyAreHealed() {
			connection.always(Fault.throttle());
			assertThat(acquire("x")).extracting("failure.kind").isEqualTo(TableFailure.Kind.THROTTLED);
			assertThat(acquire("x")).extracting("failure.kind").isEqualTo(TableFailure.Kind.THROTTLED);
			connection.heal();
			assertThat(acquire("x")).isInstanceOf(Answer.Written.class);
		}

	}

}
