package io.dynlock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.Request;
import io.dynlock.simulation.Fault;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedClient;
import io.dynlock.simulation.SimulatedTime;
import io.dynlock.simulation.Wish;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TemplateLeaseTests {

	private static final LockKey KEY = new LockKey("key");

	private static final LockOptions OPTIONS = LockOptions.builder()
		.name("name")
		.waitTimeout(Duration.ZERO)
		.leaseDuration(Duration.ofSeconds(9))
		.build();

	private static final LockOptions FIXED = OPTIONS.toBuilder().leaseMode(LeaseMode.FIXED).build();

	private final SimulatedTime world = new SimulatedTime();

	private final ModelTable table = ModelTable.retaining();

	private final SimulatedClient a = new SimulatedClient("a", this.world, this.table);

	private final SimulatedClient b = new SimulatedClient("b", this.world, this.table);

	private final List<String> events = new ArrayList<>();

	private TemplateLease acquire(LockOptions options) {
		return SimulatedTemplateLease.acquire(this.a, KEY, options, this.events);
	}

	private boolean isFree() {
		return this.table.item(KEY).orElseThrow().isFree();
	}

	@Test
	void itSaysWhatItIs() {
		TemplateLease lease = acquire(OPTIONS);
		assertThat(lease.key()).isEqualTo("key");
		assertThat(lease.name()).isEqualTo("name");
		assertThat(lease.fencingToken()).isEqualTo(this.table.item(KEY).orElseThrow().version().getAsLong() << 16);
		assertThat(lease.isValid()).isTrue();
		assertThat(lease.remaining()).isEqualTo(Duration.ofSeconds(9));
		assertThat(lease).hasToString("Lease[key=key, fencingToken=" + lease.fencingToken() + ", valid=true]");
	}

	@Test
	void tokensGrowFromGrantToGrant() {
		TemplateLease first = acquire(OPTIONS);
		this.world.advance(Duration.ofMinutes(1));
		first.release();
		TemplateLease second = acquire(OPTIONS);
		assertThat(second.fencingToken()).isGreaterThan(first.fencingToken()).isPositive();
		assertThat(first.fencingToken()).isPositive();
	}

	@Test
	void renewalByHandFailsOnALostLease() {
		TemplateLease lease = acquire(OPTIONS);
		this.b.client().forceRelease(KEY);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew)
			.withMessageContaining("released by name");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureValid)
			.satisfies((ex) -> assertThat(ex.reason()).isInstanceOf(LossReason.ForceReleased.class));
	}

	@Test
	void aLossIsToldEvenIfTheLeaseIsGivenBackBeforeItCanBe() {
		TemplateLease lease = acquire(OPTIONS);
		List<LossReason> told = new ArrayList<>();
		lease.onLost(told::add);
		this.b.client().forceRelease(KEY);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::renew);
		assertThat(lease.tryRelease().held()).isFalse();
		this.world.settle();
		assertThat(told).singleElement().isInstanceOf(LossReason.ForceReleased.class);
	}

	@Test
	void renewalByHandTellsAFailureAndChangesNothing() {
		TemplateLease lease = acquire(OPTIONS);
		this.a.connection().next(Request.Renew.class, Fault.throttle());
		assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::renew);
		lease.ensureValid();
	}

	@Nested
	class ARelease {

		@Test
		void isToldOnce() {
			TemplateLease lease = acquire(OPTIONS);
			world.advance(Duration.ofSeconds(1));
			assertThat(lease.release()).isTrue();
			assertThat(lease.release()).isFalse();
			lease.close();
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.remaining()).isZero();
			assertThat(events).containsExactly("released after 1 s");
			assertThat(a.connection().requests(Request.Release.class)).hasSize(1);
			assertThatExceptionOfType(LockException.class).isThrownBy(lease::ensureValid)
				.withMessageContaining("released");
			assertThatExceptionOfType(LockException.class).isThrownBy(lease::renew).withMessageContaining("released");
		}

		@Test
		void thatFailsIsToldAndThrown() {
			TemplateLease lease = acquire(OPTIONS);
			a.connection().next(Request.Release.class, Fault.loseRequest());
			assertThatExceptionOfType(LockTableException.class).isThrownBy(lease::release);
			assertThat(events).containsExactly("released after 0 s");
			world.settle();
			assertThat(isFree()).isTrue();
		}

		@Test
		void byClosingThrowsNothing() {
			TemplateLease lease = acquire(OPTIONS);
			a.connection().next(Request.Release.class, Fault.loseRequest());
			lease.close();
			world.settle();
			assertThat(isFree()).isTrue();
		}

		@Test
		void ofALostLeaseIsNone() {
			TemplateLease lease = acquire(FIXED);
			world.advance(Duration.ofSeconds(9));
			assertThat(lease.release()).isFalse();
			assertThat(events).containsExactly("lost after 9 s: expired");
		}

	}

	@Nested
	class ALoss {

		@Test
		void isToldToAllInOrder() {
			TemplateLease lease = acquire(FIXED);
			List<String> told = new ArrayList<>();
			lease.onLost((reason) -> told.add("first " + reason.tag()));
			lease.onLost((reason) -> {
				throw new IllegalStateException("A bad callback");
			});
			lease.onLost((reason) -> told.add("second " + reason.tag()));
			world.advance(Duration.ofSeconds(9));
			assertThat(told).containsExactly("first expired", "second expired");
			assertThat(events).containsExactly("lost after 9 s: expired");
		}

		@Test
		void isToldToWhoeverAsksLater() {
			TemplateLease lease = acquire(FIXED);
			world.advance(Duration.ofSeconds(9));
			List<LossReason> told = new ArrayList<>();
			lease.onLost(told::add);
			world.settle();
			assertThat(told).containsExactly(new LossReason.Expired());
		}

		@Test
		void isNotToldAfterARelease() {
			TemplateLease lease = acquire(FIXED);
			List<LossReason> told = new ArrayList<>();
			lease.onLost(told::add);
			lease.release();
			lease.onLost(told::add);
			world.advance(Duration.ofMinutes(1));
			assertThat(told).isEmpty();
		}

		@Test
		void saysWhoTookTheLock() {
			TemplateLease lease = acquire(OPTIONS);
			a.process().suspend();
			b.hold(KEY, Wish.patient());
			a.process().resume();
			assertThat(lease.isValid()).isFalse();
			world.settle();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureValid)
				.satisfies((ex) -> assertThat(((LossReason.Taken) ex.reason()).holder().owner()).contains("b"));
		}

		@Test
		void saysWhyTheTableWasOutOfReach() {
			TemplateLease lease = acquire(OPTIONS);
			a.connection().always(Fault.loseRequest());
			world.advance(Duration.ofSeconds(9));
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureValid)
				.withMessageContaining("No answer in time")
				.withCauseInstanceOf(IllegalStateException.class);
			assertThat(events).contains("not renewed").endsWith("lost after 9 s: unreachable");
		}

	}

	@Nested
	class ALeaseThatIsShared {

		private final TemplateLease outer = acquire(OPTIONS);

		private final GuardedLease inner = this.outer.share().orElseThrow();

		@Test
		void isTheSame() {
			assertThat(this.inner.key()).isEqualTo("key");
			assertThat(this.inner.name()).isEqualTo("name");
			assertThat(this.inner.fencingToken()).isEqualTo(this.outer.fencingToken());
			assertThat(this.inner.isValid()).isTrue();
			assertThat(this.inner.remaining()).isEqualTo(Duration.ofSeconds(9));
			assertThat(this.inner).hasToString("Nested" + this.outer);
		}

		@Test
		void isReleasedByTheLast() {
			assertThat(this.inner.release()).isTrue();
			assertThat(this.inner.release()).isFalse();
			assertThat(this.inner.isValid()).isFalse();
			assertThat(this.inner.remaining()).isZero();
			assertThat(isFree()).isFalse();
			assertThat(this.outer.isValid()).isTrue();
			assertThat(this.outer.release()).isTrue();
			assertThat(isFree()).isTrue();
			assertThat(events).containsExactly("released after 0 s");
		}

		@Test
		void isOfNoUseToWhoHasReleasedIt() {
			this.inner.close();
			assertThatExceptionOfType(LockException.class).isThrownBy(this.inner::renew)
				.withMessageContaining("released");
			assertThatExceptionOfType(LockException.class).isThrownBy(this.inner::ensureValid)
				.withMessageContaining("released");
			assertThat(a.connection().requests(Request.Renew.class)).isEmpty();
		}

		@Test
		void outlivesTheReleaseOfTheFirst() {
			assertThat(this.outer.release()).isTrue();
			assertThat(this.outer.isValid()).isFalse();
			assertThat(this.inner.isValid()).isTrue();
			world.advance(Duration.ofSeconds(1));
			assertThat(this.inner.remaining()).isEqualTo(Duration.ofSeconds(8));
			this.inner.renew();
			assertThat(this.inner.remaining()).isEqualTo(Duration.ofSeconds(9));
			a.connection().next(Request.Release.class, Fault.loseRequest());
			assertThatExceptionOfType(LockTableException.class).isThrownBy(this.inner::release);
			world.settle();
			assertThat(isFree()).isTrue();
		}

		/** Waiting for the lock instead would be waiting for itself. */
		@Test
		void isConfirmedWhenOnlyTheWallClockDoubtsIt() {
			a.process().stepWall(Duration.ofHours(1));
			assertThat(this.outer.share()).hasValueSatisfying((again) -> assertThat(again.release()).isTrue());
			a.process().stepWall(Duration.ofHours(1));
			assertThat(this.inner.release()).isTrue();
			assertThat(this.outer.release()).isTrue();
			assertThat(events).doesNotContain("lost after 0 s: expired");
		}

		@Test
		void isRenewedForAll() {
			world.advance(Duration.ofSeconds(1));
			this.inner.renew();
			assertThat(this.outer.remaining()).isEqualTo(Duration.ofSeconds(9));
		}

		@Test
		void isLostForAllWhoStillHaveIt() {
			GuardedLease gone = this.outer.share().orElseThrow();
			List<String> told = new ArrayList<>();
			this.outer.onLost((reason) -> told.add("outer"));
			this.inner.onLost((reason) -> told.add("inner " + reason.tag()));
			gone.onLost((reason) -> told.add("gone"));
			gone.close();
			b.client().forceRelease(KEY);
			world.advance(Duration.ofSeconds(3));
			assertThat(told).containsExactly("outer", "inner force_released");
			assertThatExceptionOfType(LockLostException.class).isThrownBy(this.inner::ensureValid)
				.withMessageContaining("released by name");
			assertThat(this.inner.release()).isFalse();
		}

	}

	@Nested
	class MinHold {

		private final LockOptions options = OPTIONS.toBuilder().minHold(Duration.ofSeconds(20)).build();

		@ParameterizedTest
		@EnumSource(names = { "RENEWED", "PERMANENT" })
		void keepsTheLockAtLeastSoLong(LeaseMode mode) {
			TemplateLease lease = acquire(this.options.toBuilder().leaseMode(mode).build());
			world.advance(Duration.ofSeconds(5));
			assertThat(lease.release()).isTrue();
			assertThat(lease.isValid()).isFalse();
			assertThat(lease.release()).isFalse();
			world.advance(Duration.ofSeconds(15).minusNanos(1));
			assertThat(isFree()).isFalse();
			world.advance(Duration.ofNanos(1));
			assertThat(isFree()).isTrue();
			assertThat(events).contains("released after 5 s").doesNotContain("lost after 20 s: expired");
			assertThat(a.process().pending()).isZero();
		}

		@Test
		void isNoneForWorkThatTookLonger() {
			TemplateLease lease = acquire(this.options);
			world.advance(Duration.ofSeconds(20));
			assertThat(lease.release()).isTrue();
			assertThat(isFree()).isTrue();
		}

		@Test
		void outlivesAJumpOfTheWallClock() {
			TemplateLease lease = acquire(this.options);
			a.process().stepWall(Duration.ofHours(1));
			assertThat(lease.release()).isTrue();
			world.advance(Duration.ofSeconds(19));
			assertThat(isFree()).isFalse();
			world.advance(Duration.ofSeconds(1));
			assertThat(isFree()).isTrue();
		}

		@Test
		void ofALostLeaseIsOver() {
			TemplateLease lease = acquire(this.options);
			b.client().forceRelease(KEY);
			world.advance(Duration.ofSeconds(3));
			assertThat(lease.release()).isFalse();
			world.advance(Duration.ofMinutes(1));
			assertThat(a.process().pending()).isZero();
		}

		@Test
		void isNotSharedWithWhoComesAfterTheRelease() {
			TemplateLease lease = acquire(this.options);
			assertThat(lease.share()).hasValueSatisfying(GuardedLease::close);
			lease.release();
			assertThat(isFree()).isFalse();
			assertThat(lease.share()).isEmpty();
		}

		@Test
		void endsInSilenceWhenTheLockIsForceReleasedMeanwhile() {
			TemplateLease lease = acquire(this.options);
			List<LossReason> told = new ArrayList<>();
			lease.onLost(told::add);
			lease.release();
			lease.onLost(told::add);
			b.client().forceRelease(KEY);
			world.advance(Duration.ofSeconds(3));
			assertThat(told).isEmpty();
			assertThat(events).containsExactly("released after 0 s", "not renewed");
			assertThat(a.client().leases().size()).isZero();
			world.advance(Duration.ofMinutes(1));
			assertThat(a.process().pending()).isZero();
		}

	}

}
