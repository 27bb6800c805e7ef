package io.dynlock.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dynlock.testing.Message;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Wait;

/**
 * Hears what the workers say. Thread-safe.
 */
final class Witness {

	private final Map<String, OpenWait> waiting = new HashMap<>();

	private final List<Wait> waits = new ArrayList<>();

	private final List<String> kept = new ArrayList<>();

	private final List<String> untold = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private final Map<String, Long> losses = new TreeMap<>();

	/**
	 * Hears a line.
	 * @param process whose; different for every process
	 * @param worker the number of the worker
	 * @param message the line
	 */
	synchronized void hear(String process, int worker, Message message) {
		switch (message.word()) {
			case "waiting" -> this.waiting.put(message.text("section"),
					new OpenWait(process, worker, message.text("key"), System.nanoTime()));
			case "waited" -> {
				OpenWait open = this.waiting.remove(message.text("section"));
				if (open != null) {
					this.waits.add(open.until(System.nanoTime()));
				}
			}
			case "kept" -> this.kept.add(message.text("section"));
			case "untold" -> this.untold.add(message.text("section"));
			case "failed" -> this.failures.add(message.text("what"));
			case "lost" -> this.losses.merge(message.text("reason"), 1L, Long::sum);
			default -> {
				// of no interest here
			}
		}
	}

	/** Notes that a process has ended, and waits no more. */
	synchronized void ended(String process) {
		List<OpenWait> open = this.waiting.values().stream().filter((wait) -> wait.process().equals(process)).toList();
		this.waiting.values().removeAll(open);
		open.forEach((wait) -> this.waits.add(wait.until(System.nanoTime())));
	}

	synchronized void failed(String what) {
		this.failures.add(what);
	}

	synchronized List<Wait> waits() {
		return List.copyOf(this.waits);
	}

	synchronized List<String> kept() {
		return List.copyOf(this.kept);
	}

	synchronized List<String> untold() {
		return List.copyOf(this.untold);
	}

	synchronized List<String> failures() {
		return List.copyOf(this.failures);
	}

	/** The losses by reason. */
	synchronized Map<String, Long> losses() {
		return new TreeMap<>(this.losses);
	}

	private record OpenWait(String process, int worker, String key, long since) {

		Wait until(long now) {
			return new Wait(this.worker, this.key, new Interval(this.since, now));
		}

	}

}
