package io.dynlock;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Request;
import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedLease;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchException;

class GuardedRunTests {

	private static final LockKey KEY = new LockKey("key");

	private static final LockOptions OPTIONS = LockOptions.builder()
		.waitTimeout(Duration.ZERO)
		.leaseDuration(Duration.ofSeconds(9))
		.build();

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private final SimulatedClient b = new SimulatedClient("b", this.world, this.table);

	private final List<String> events = new ArrayList<>();

	@AfterEach
	void nothingIsHeldOrLeftBehind() {
		this.world.advance(Duration.ofMinutes(1));
		assertThat(this.a.client().leases().size()).isZero();
		assertThat(this.a.process().pending()).isZero();
	}

	private <T, E extends Exception> T run(LossPolicy policy, LockCallback<T, E> callback) throws E {
		return run(OPTIONS.toBuilder().onLoss(policy).build(), callback);
	}

	private <T, E extends Exception> T run(LockOptions options, LockCallback<T, E> callback) throws E {
		TemplateLease lease = SimulatedTemplateLease.acquire(this.a, KEY, options, this.events);
		try (GuardedRun run = new GuardedRun(lease, options.onLoss())) {
			T result = callback.run(lease);
			run.completed();
			return result;
		}
	}

	private boolean isFree() {
		return this.table.item(KEY).orElseThrow().isFree();
	}

	private void expire() {
		this.a.process().freeze();
		this.world.advance(Duration.ofSeconds(9));
		this.a.process().thaw();
	}

	@ParameterizedTest
	@EnumSource
	void releasesTheLockAndReturnsTheResult(LossPolicy policy) {
		assertThat(this.<String, RuntimeException>run(policy, (lease) -> "result")).isEqualTo("result");
		assertThat(isFree()).isTrue();
		assertThat(this.events).containsExactly("released after 0 s");
	}

	@Nested
	class TheExceptionOfTheGuardedCode {

		private final IOException failure = new IOException("The work failed");

		@Test
		void arrivesUnchangedAndTheLockIsReleased() {
			Exception thrown = catchException(() -> run(LossPolicy.THROW, (lease) -> {
				throw this.failure;
			}));
			assertThat(thrown).isSameAs(this.failure).hasNoSuppressedExceptions();
			assertThat(isFree()).isTrue();
		}

		@Test
		void carriesAFailureToRelease() {
			a.connection().next(Request.Release.class, Fault.reject());
			Exception thrown = catchException(() -> run(LossPolicy.THROW, (lease) -> {
				throw this.failure;
			}));
			assertThat(thrown).isSameAs(this.failure);
			assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(LockTableException.class);
			world.settle();
			assertThat(isFree()).isTrue();
		}

		@Test
		void carriesTheLossOfTheLease() {
			Exception thrown = catchException(() -> run(LossPolicy.THROW, (lease) -> {
				expire();
				throw this.failure;
			}));
			assertThat(thrown).isSameAs(this.failure);
			assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(LockLostException.class);
		}

		@Test
		void carriesNothingWhenLossesAreOnlyLogged() {
			Exception thrown = catchException(() -> run(LossPolicy.LOG, (lease) -> {
				expire();
				throw this.failure;
			}));
			assertThat(thrown).isSameAs(this.failure).hasNoSuppressedExceptions();
		}

	}

	@Nested
	class AFailureToRelease {

		@Test
		void doesNotHideTheResult() {
			a.connection().next(Request.Release.class, Fault.loseRequest());
			assertThat(GuardedRunTests.this.<Integer, RuntimeException>run(LossPolicy.THROW, (lease) -> 42))
				.isEqualTo(42);
			world.settle();
			assertThat(isFree()).isTrue();
		}

	}

	@Nested
	class ALoss {

		@Test
		void isThrownWhenTheCodeReturns() {
			List<String> done = new ArrayList<>();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> run(LossPolicy.THROW, (lease) -> {
				expire();
				return done.add("all");
			})).satisfies((ex) -> assertThat(ex.reason()).isEqualTo(new LossReason.Expired()));
			assertThat(done).containsExactly("all");
			world.settle();
			assertThat(events).containsExactly("lost after 9 s: expired");
			assertThat(isFree()).isTrue();
		}

		@Test
		void isOnlyLogged() {
			boolean done = run(LossPolicy.LOG, (lease) -> {
				expire();
				return true;
			});
			assertThat(done).isTrue();
			world.settle();
			assertThat(events).containsExactly("lost after 9 s: expired");
		}

		@Test
		void interruptsTheThreadAtOnce() {
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> run(LossPolicy.INTERRUPT, (lease) -> {
				assertThat(Thread.currentThread().isInterrupted()).isFalse();
				expire();
				world.settle();
				return Thread.interrupted();
			}));
			assertThat(Thread.interrupted()).isFalse();
		}

		@Test
		void doesNotInterruptAThreadThatHasMovedOn() {
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> run(LossPolicy.INTERRUPT, (lease) -> {
				a.process().freeze();
				world.advance(Duration.ofSeconds(9));
				return true;
			}));
			a.process().thaw();
			world.advance(Duration.ofSeconds(1));
			assertThat(Thread.interrupted()).isFalse();
		}

		@Test
		void toAnotherHolderLeavesThatHolderAlone() {
			var other = new ArrayList<SimulatedLease>();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> run(LossPolicy.THROW, (lease) -> {
				a.process().freeze();
				other.add(b.hold(KEY, Wish.patient()));
				a.process().thaw();
				return true;
			}));
			world.advance(Duration.ofMinutes(1));
			assertThat(other.get(0).isValid()).isTrue();
		}

		@Test
		void onASuspendedMachineIsNoticedAtTheEnd() {
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> run(LossPolicy.THROW, (lease) -> {
				a.process().suspend();
				b.hold(KEY, Wish.patient());
				a.process().resume();
				return true;
			})).satisfies((ex) -> assertThat(((LossReason.Taken) ex.reason()).holder().owner()).contains("b"));
		}

	}

	@Test
	void aJumpOfTheWallClockAloneIsNoLoss() {
		boolean done = run(LossPolicy.THROW, (lease) -> {
			this.a.process().stepWall(Duration.ofHours(1));
			return true;
		});
		assertThat(done).isTrue();
		assertThat(isFree()).isTrue();
		this.world.advance(Duration.ofMinutes(1));
		assertThat(this.events).contains("released after 0 s").noneMatch((event) -> event.startsWith("lost"));
	}

	@Test
	void aLeaseThatTheCodeReleasesItselfIsNoLoss() {
		boolean released = run(LossPolicy.THROW, Lease::release);
		assertThat(released).isTrue();
		assertThat(this.events).containsExactly("released after 0 s");
		assertThat(this.a.connection().requests(Request.Release.class)).hasSize(1);
	}

	@Test
	void minHoldKeepsTheLockAfterTheCodeHasReturned() {
		LockOptions options = OPTIONS.toBuilder().minHold(Duration.ofSeconds(20)).build();
		assertThat(this.<Boolean, RuntimeException>run(options, Lease::isValid)).isTrue();
		this.world.advance(Duration.ofSeconds(20).minusNanos(1));
		assertThat(isFree()).isFalse();
		this.world.advance(Duration.ofNanos(1));
		assertThat(isFree()).isTrue();
	}

	@Test
	void minHoldDoesNotHideTheExceptionOfTheCode() {
		LockOptions options = OPTIONS.toBuilder().minHold(Duration.ofSeconds(20)).build();
		IOException failure = new IOException("The work failed");
		Exception thrown = catchException(() -> run(options, (lease) -> {
			throw failure;
		}));
		assertThat(thrown).isSameAs(failure).hasNoSuppressedExceptions();
		assertThat(isFree()).isFalse();
	}

}
