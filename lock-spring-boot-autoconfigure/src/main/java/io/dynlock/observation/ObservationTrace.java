package io.dynlock.observation;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.Lease;
import io.dynlock.LockListener.Outcome;
import io.dynlock.LockTrace;
import io.dynlock.LossReason;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import org.jspecify.annotations.Nullable;

/**
 * Observes one caller: first its waiting, then its holding of the lock. A lock may be
 * lost while code runs under it; it is observed until that code has returned.
 */
final class ObservationTrace implements LockTrace {

	private final ObservationRegistry registry;

	private final HoldObservationConvention holdConvention;

	private final LockObservationContext acquireContext;

	private final Observation acquire;

	private @Nullable Holding holding;

	ObservationTrace(ObservationRegistry registry, String client, String key, String name,
			AcquireObservationConvention acquireConvention, HoldObservationConvention holdConvention) {
		this.registry = registry;
		this.holdConvention = holdConvention;
		this.acquireContext = new LockObservationContext(key, name, client, OptionalLong.empty());
		this.acquire = Observation.start(acquireConvention, () -> this.acquireContext, registry);
	}

	@Override
	public Scope waiting() {
		return this.acquire.openScope()::close;
	}

	@Override
	public void acquired(Lease lease) {
		stopWaiting(Outcome.ACQUIRED);
		LockObservationContext context = new LockObservationContext(lease.key(), lease.name(),
				this.acquireContext.getClient(), OptionalLong.of(lease.fencingToken()));
		Observation hold = Observation.createNotStarted(this.holdConvention, () -> context, this.registry);
		ObservationView parent = this.acquireContext.getParentObservation();
		if (parent instanceof Observation observation) {
			hold.parentObservation(observation);
		}
		setHolding(new Holding(hold.start(), context));
	}

	@Override
	public void gaveUp(Outcome outcome, Optional<Throwable> failure) {
		failure.ifPresent(this.acquire::error);
		stopWaiting(outcome);
	}

	private void stopWaiting(Outcome outcome) {
		this.acquireContext.setOutcome(outcome.name().toLowerCase(Locale.ROOT));
		this.acquire.stop();
	}

	@Override
	public Scope running() {
		Holding current = holding();
		return (current != null) ? current.running() : Scope.NONE;
	}

	@Override
	public void ended(Optional<LossReason> loss) {
		Holding current = holding();
		if (current != null) {
			current.ended(loss.map(LossReason::tag).orElse("released"));
		}
	}

	private synchronized @Nullable Holding holding() {
		return this.holding;
	}

	private synchronized void setHolding(Holding holding) {
		this.holding = holding;
	}

	/** The observation of a lock that is held. */
	private static final class Holding {

		private final Observation observation;

		private final LockObservationContext context;

		private int running;

		private boolean ended;

		Holding(Observation observation, LockObservationContext context) {
			this.observation = observation;
			this.context = context;
		}

		synchronized Scope running() {
			if (this.ended && this.running == 0) {
				return Scope.NONE;
			}
			this.running++;
			Observation.Scope scope = this.observation.openScope();
			return () -> {
				scope.close();
				returned();
			};
		}

		private synchronized void returned() {
			this.running--;
			stopWhenOver();
		}

		synchronized void ended(String outcome) {
			this.context.setOutcome(outcome);
			this.ended = true;
			stopWhenOver();
		}

		private void stopWhenOver() {
			if (this.ended && this.running == 0) {
				this.observation.stop();
			}
		}

	}

}
