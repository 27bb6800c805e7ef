package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

/**
 * What a {@link Crowd} did.
 *
 * @param measured for how long
 * @param log what happened meanwhile
 * @param readsAtStart in the busiest second after all had come at once
 * @param cycles of each process
 * @param waitingNanos for how long the most patient of those had waited that were still
 * waiting in the end
 */
record CrowdResult(Duration measured, CrowdLog log, long readsAtStart, List<Long> cycles, long waitingNanos) {

	double readsPerSecond() {
		return perSecond((double) this.log.reads());
	}

	double writesPerSecond() {
		return perSecond((double) this.log.writes());
	}

	double costPerSecond() {
		return perSecond(this.log.cost());
	}

	double cyclesPerSecond() {
		return perSecond((double) totalCycles());
	}

	double writesPerCycle() {
		return (double) this.log.writes() / totalCycles();
	}

	/** From a release to the next grant, in milliseconds. */
	double handOffMillis(double share) {
		return this.log.handOffs().percentile(share) / 1e6;
	}

	/** Until a grant, in seconds. */
	double waitSeconds(double share) {
		return this.log.waits().percentile(share) / 1e9;
	}

	/** The longest wait, over or not, in seconds. */
	double longestWaitSeconds() {
		return Math.max(waitSeconds(1), this.waitingNanos / 1e9);
	}

	/** The cycles of the process with the fewest, as a multiple of the fair share. */
	double smallestShare() {
		return this.cycles.stream().mapToLong(Long::longValue).min().orElse(0) / fairShare();
	}

	/** The cycles of the process with the most, as a multiple of the fair share. */
	double largestShare() {
		return this.cycles.stream().mapToLong(Long::longValue).max().orElse(0) / fairShare();
	}

	/** Jain's index: 1 where all have the same share, 1/n where one has all. */
	double fairness() {
		double squares = this.cycles.stream().mapToDouble((own) -> (double) own * own).sum();
		return (double) totalCycles() * totalCycles() / (this.cycles.size() * squares);
	}

	private double fairShare() {
		return (double) totalCycles() / this.cycles.size();
	}

	private long totalCycles() {
		return this.cycles.stream().mapToLong(Long::longValue).sum();
	}

	private double perSecond(double number) {
		return number / this.measured.toMillis() * 1000;
	}

}
