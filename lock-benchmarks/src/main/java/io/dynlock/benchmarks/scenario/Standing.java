package io.dynlock.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;

import io.dynlock.benchmarks.driver.Counts;

/**
 * What one driver did under a load, in all rounds. Not thread-safe.
 */
final class Standing {

	private final List<Double> rates = new ArrayList<>();

	private final Samples waits = new Samples();

	private Counts counts = Counts.NONE;

	private long cycles;

	private double smallestThreadShare = 1;

	private double smallestProcessShare = 1;

	private long overlaps;

	private long failures;

	/**
	 * Adds a round.
	 * @param processes what each process did
	 */
	void add(List<LoadResult> processes) {
		long total = processes.stream().mapToLong(LoadResult::totalCycles).sum();
		int threads = processes.stream().mapToInt((process) -> process.cycles().size()).sum();
		this.rates.add(processes.stream().mapToDouble((process) -> process.totalCycles() / process.seconds()).sum());
		this.cycles += total;
		for (LoadResult process : processes) {
			this.waits.addAll(process.waits());
			this.counts = this.counts.plus(process.counts());
			this.overlaps += process.overlaps();
			this.failures += process.failures();
			this.smallestProcessShare = Math.min(this.smallestProcessShare, share(process.totalCycles(), total));
			for (long own : process.cycles()) {
				this.smallestThreadShare = Math.min(this.smallestThreadShare, share(own * threads, total));
			}
		}
	}

	private static double share(long part, long total) {
		return (total == 0) ? 0 : (double) part / total;
	}

	/** Cycles per second, the median of the rounds. */
	double rate() {
		return Samples.median(this.rates.stream().mapToDouble(Double::doubleValue).toArray());
	}

	double requestsPerCycle() {
		return (double) this.counts.requests() / this.cycles;
	}

	double readUnitsPerCycle() {
		return this.counts.readUnits() / this.cycles;
	}

	double writeUnitsPerCycle() {
		return this.counts.writeUnits() / this.cycles;
	}

	double costPerCycle() {
		return this.counts.cost() / this.cycles;
	}

	/** Nanoseconds that a thread waits, by percentile. */
	double wait(double share) {
		return this.waits.percentile(share);
	}

	/** Of a thread in any round: 1 is what each would have if all had the same. */
	double smallestThreadShare() {
		return this.smallestThreadShare;
	}

	/** Of a process in any round: 1 is everything. */
	double smallestProcessShare() {
		return this.smallestProcessShare;
	}

	long overlaps() {
		return this.overlaps;
	}

	long failures() {
		return this.failures;
	}

}
