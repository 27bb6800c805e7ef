package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.benchmarks.report.Target;

/**
 * How long the lock of a dead process stays locked.
 */
final class DeadHolderScenario implements Scenario {

	private static final Duration LEASE = Duration.ofSeconds(5);

	@Override
	public String id() {
		return "E";
	}

	@Override
	public String title() {
		return "the holder is killed, another process wants the lock, lease 5 s";
	}

	@Override
	public Result run(Bench bench) throws Exception {
		List<Entry> entries = new ArrayList<>();
		bench.contenders()
			.stream()
			.filter(Peer::recovers)
			.forEach((peer) -> entries.add(new Entry(peer, true, new ArrayList<>())));
		if (bench.contenders().contains(Peer.DYNLOCK)) {
			entries.add(new Entry(Peer.DYNLOCK, false, new ArrayList<>()));
		}
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			int peerRepeats = bench.choose(3, 1);
			for (int repeat = 0; repeat < bench.choose(9, 1); repeat++) {
				boolean peersToo = repeat < peerRepeats;
				repeat(bench, executor,
						entries.stream().filter((entry) -> peersToo || entry.peer == Peer.DYNLOCK).toList());
			}
		}
		finally {
			executor.shutdownNow();
		}
		return report(bench, entries);
	}

	/** All at once: they mostly wait. */
	private static void repeat(Bench bench, ExecutorService executor, List<Entry> entries) throws Exception {
		List<Future<Takeover.Outcome>> futures = new ArrayList<>();
		for (Entry entry : entries) {
			Callable<Takeover.Outcome> run = () -> new Takeover(bench, entry.peer, LEASE, entry.steady).run(executor);
			futures.add(executor.submit(run));
		}
		for (int i = 0; i < entries.size(); i++) {
			entries.get(i).outcomes.add(futures.get(i).get());
		}
	}

	private static Result report(Bench bench, List<Entry> entries) {
		Table table = new Table("Seconds from the last renewal until taken over", "driver", "repeats",
				"waiting: median", "longest", "trying once a second: median", "longest");
		List<Target> targets = new ArrayList<>();
		double limit = LEASE.toMillis() * 1.02 / 1000 + DriverSettings.PAUSE.toMillis() / 1000.0 + 0.1;
		for (Entry entry : entries) {
			table.row(entry.title(), String.valueOf(entry.outcomes.size()),
					seconds(entry.median(Takeover.Outcome::waited)), seconds(entry.longest(Takeover.Outcome::waited)),
					seconds(entry.median(Takeover.Outcome::tried)), seconds(entry.longest(Takeover.Outcome::tried)));
			if (entry.peer == Peer.DYNLOCK && entry.steady) {
				targets.add(Target.atMost("seconds until a waiter has it, median",
						entry.median(Takeover.Outcome::waited), limit));
				targets.add(Target.atMost("seconds until one has it who tries once a second, median",
						entry.median(Takeover.Outcome::tried), limit + 1));
			}
		}
		bench.contenders()
			.stream()
			.filter((peer) -> !peer.recovers() && peer.role() == Peer.Role.PEER)
			.forEach((peer) -> table.row(peer.title(), "0", "never", "never", "never", "never"));
		return new Result(List.of(table), targets, Map.of(), List
			.of("The pause between attempts is " + DriverSettings.PAUSE.toMillis()
					+ " ms, but for dynlock's second row, where it grows as by default: a waiter that looks less"
					+ " often sees the last renewal later. ShedLock and Spring Cloud AWS do not renew by themselves,"
					+ " so their lease counts from the acquisition, and they compare wall clocks, Spring Cloud AWS in"
					+ " whole seconds. Whoever tries once a second sees the last renewal up to a second late, and"
					+ " counts a lease and 2 % from there: its sixth try after that sight is the first that may take"
					+ " the lock, so 6.5 s is the median that this way of trying allows."));
	}

	private static String seconds(double seconds) {
		return Double.isInfinite(seconds) ? "never" : Figures.of(seconds);
	}

	/**
	 * What one driver showed.
	 *
	 * @param peer the driver
	 * @param steady whether its pauses do not grow
	 * @param outcomes of all repeats
	 */
	private record Entry(Peer peer, boolean steady, List<Takeover.Outcome> outcomes) {

		String title() {
			return this.steady ? this.peer.title() : this.peer.title() + ", pauses grow";
		}

		double median(ToDoubleFunction<Takeover.Outcome> of) {
			return Samples.median(this.outcomes.stream().mapToDouble(of).toArray());
		}

		double longest(ToDoubleFunction<Takeover.Outcome> of) {
			return this.outcomes.stream().mapToDouble(of).max().orElse(Double.NaN);
		}

	}

}
