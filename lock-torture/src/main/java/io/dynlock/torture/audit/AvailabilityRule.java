package io.dynlock.torture.audit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Strike;
import io.dynlock.torture.evidence.Wait;

/**
 * When every holder is dead or gone, a waiting process gets the lock in time.
 * <p>
 * A lock is in use while sections are at work, and while the table has it for a worker
 * that something strikes, which may not know of it: from the last such write on, its
 * lease has to run out. In the rest of the time, nobody may have waited in vain for
 * longer than the guarantee allows. Not counted is the time in which the one who waited
 * was struck itself, or still had requests under way that had been sent then, and the
 * time in which the machine stood still.
 */
final class AvailabilityRule implements Rule {

	private final long requestNanos;

	private final long allowedNanos;

	AvailabilityRule(Duration requestTimeout, Duration longestOutage) {
		this.requestNanos = requestTimeout.toNanos();
		this.allowedNanos = longestOutage.toNanos();
	}

	@Override
	public Stream<Violation> judge(Evidence evidence) {
		return evidence.waits().stream().map(Wait::key).distinct().sorted().flatMap((key) -> judge(key, evidence));
	}

	private Stream<Violation> judge(String key, Evidence evidence) {
		List<Wait> waits = evidence.waits().stream().filter((wait) -> wait.key().equals(key)).toList();
		return evidence.run()
			.minus(inUse(key, evidence))
			.stream()
			.filter((unused) -> unused.length() > this.allowedNanos)
			.flatMap((unused) -> longest(unused, waits, evidence).stream());
	}

	private List<Interval> inUse(String key, Evidence evidence) {
		Stream<Interval> sections = Section.byKey(evidence.writes())
			.getOrDefault(key, List.of())
			.stream()
			.filter((section) -> section.begin().accepted())
			.map(Section::time);
		Stream<Interval> leases = TableLease.in(evidence.tableWrites())
			.stream()
			.filter((lease) -> lease.key().equals(key))
			.flatMap((lease) -> struck(lease.worker(), evidence.strikes()).stream()
				.flatMap((struck) -> struck.intersect(lease.time()).stream()));
		return Stream.concat(sections, leases).toList();
	}

	/** Of those who waited for too long, the one who waited longest. */
	private Optional<Violation> longest(Interval unused, List<Wait> waits, Evidence evidence) {
		return waits.stream()
			.max(Comparator.comparingLong((wait) -> inVain(wait, unused, evidence)))
			.filter((wait) -> inVain(wait, unused, evidence) > this.allowedNanos)
			.map((wait) -> new Violation(Violation.Kind.UNAVAILABLE, wait.key(),
					"worker " + wait.worker() + " waited for " + Times.millis(inVain(wait, unused, evidence))
							+ " in good health while nobody used the lock, which was from "
							+ Times.millis(unused.from() - evidence.run().from()) + " of the run on; allowed are "
							+ Times.millis(this.allowedNanos)));
	}

	private long inVain(Wait wait, Interval unused, Evidence evidence) {
		return wait.time()
			.intersect(unused)
			.stream()
			.flatMap((together) -> together.minus(struck(wait.worker(), evidence.strikes())).stream())
			.flatMap((healthy) -> healthy.minus(evidence.stalls()).stream())
			.mapToLong(Interval::length)
			.sum();
	}

	private List<Interval> struck(int worker, List<Strike> strikes) {
		return strikes.stream()
			.filter((strike) -> strike.worker() == worker)
			.map((strike) -> strike.time().prolonged(this.requestNanos))
			.toList();
	}

}
