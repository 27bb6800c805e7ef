package io.dynlock.torture.strike;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import io.dynlock.torture.evidence.FaultKind;

/**
 * An endless row of strikes: all kinds in random order, then again. Not thread-safe.
 */
final class Plan {

	private static final int SHORTEST_PAUSE_MILLIS = 150;

	private static final int LONGEST_PAUSE_MILLIS = 500;

	private final List<FaultKind> kinds;

	private final int workers;

	private final Duration lease;

	private final Random random;

	private final Deque<FaultKind> next = new ArrayDeque<>();

	Plan(List<FaultKind> kinds, int workers, Duration lease, Random random) {
		this.kinds = kinds;
		this.workers = workers;
		this.lease = lease;
		this.random = random;
	}

	PlannedStrike next() {
		if (this.next.isEmpty()) {
			List<FaultKind> shuffled = new ArrayList<>(this.kinds);
			Collections.shuffle(shuffled, this.random);
			this.next.addAll(shuffled);
		}
		FaultKind kind = this.next.removeFirst();
		Duration pause = Duration
			.ofMillis(SHORTEST_PAUSE_MILLIS + this.random.nextInt(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS));
		return new PlannedStrike(pause, kind, this.random.nextInt(this.workers), length(kind));
	}

	private Duration length(FaultKind kind) {
		return switch (kind) {
			// long enough for others to take the lock, so that whoever thaws comes too
			// late
			case FROZEN -> leases(1.4, 1.9);
			case CUT_LONG -> leases(1.2, 1.7);
			case CUT_SHORT, BLACKOUT -> leases(0.3, 0.7);
			case DELAYED, ANSWER_DROPPED, RESET, SERVER_ERROR, THROTTLED -> leases(0.4, 0.7);
			case KILLED -> Duration.ZERO;
		};
	}

	private Duration leases(double from, double to) {
		double share = from + this.random.nextDouble() * (to - from);
		return Duration.ofMillis((long) (share * this.lease.toMillis()));
	}

}
