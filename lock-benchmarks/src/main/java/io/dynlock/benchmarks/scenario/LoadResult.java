package io.dynlock.benchmarks.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dynlock.benchmarks.driver.Counts;
import io.dynlock.testing.Message;

/**
 * What one process did under a load.
 *
 * @param cycles of each thread
 * @param waits how long each acquisition took, in nanoseconds
 * @param counts the requests
 * @param seconds how long counting went on
 * @param overlaps how often a thread had company inside
 * @param failures how many threads gave up with an exception
 */
record LoadResult(List<Long> cycles, List<Long> waits, Counts counts, double seconds, long overlaps, long failures) {

	private static final String OPERATION = "requests.";

	long totalCycles() {
		return this.cycles.stream().mapToLong(Long::longValue).sum();
	}

	Message toMessage() {
		Message message = new Message("result").with("cycles", Message.join(this.cycles))
			.with("waits", Message.join(this.waits))
			.with("readUnits", this.counts.readUnits())
			.with("writeUnits", this.counts.writeUnits())
			.with("seconds", this.seconds)
			.with("overlaps", this.overlaps)
			.with("failures", this.failures);
		for (Map.Entry<String, Long> operation : this.counts.operations().entrySet()) {
			message = message.with(OPERATION + operation.getKey(), operation.getValue());
		}
		return message;
	}

	static LoadResult from(Message message) {
		Map<String, Long> operations = new TreeMap<>();
		message.values().forEach((name, value) -> {
			if (name.startsWith(OPERATION)) {
				operations.put(name.substring(OPERATION.length()), Long.valueOf(value));
			}
		});
		return new LoadResult(message.numbers("cycles"), message.numbers("waits"),
				new Counts(operations, message.real("readUnits"), message.real("writeUnits")), message.real("seconds"),
				message.number("overlaps"), message.number("failures"));
	}

}
