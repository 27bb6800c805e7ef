package io.dynlock.benchmarks.driver;

import java.util.Map;
import java.util.TreeMap;

/**
 * Requests by operation, and the capacity they used.
 *
 * @param operations how many requests, retries included, by DynamoDB's name
 * @param readUnits read capacity units
 * @param writeUnits write capacity units
 */
public record Counts(Map<String, Long> operations, double readUnits, double writeUnits) {

	/** Nothing. */
	public static final Counts NONE = new Counts(Map.of(), 0, 0);

	/** All requests. */
	public long requests() {
		return this.operations.values().stream().mapToLong(Long::longValue).sum();
	}

	/** What the requests cost, as AWS prices them: a read a fifth of a write. */
	public double cost() {
		return this.readUnits / 5 + this.writeUnits;
	}

	/**
	 * What came on top of an earlier state.
	 * @param earlier the earlier state
	 */
	public Counts since(Counts earlier) {
		return combined(earlier, -1);
	}

	/**
	 * The sum with others.
	 * @param others the others
	 */
	public Counts plus(Counts others) {
		return combined(others, 1);
	}

	private Counts combined(Counts others, int sign) {
		Map<String, Long> sum = new TreeMap<>(this.operations);
		others.operations.forEach((operation, count) -> sum.merge(operation, sign * count, Long::sum));
		sum.values().removeIf((count) -> count == 0);
		return new Counts(sum, this.readUnits + sign * others.readUnits, this.writeUnits + sign * others.writeUnits);
	}

}
