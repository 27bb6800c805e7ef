package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
		Map<Peer, List<Takeover.Outcome>> outcomes = new LinkedHashMap<>();
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			int repeats = bench.choose(9, 1);
			for (int repeat = 0; repeat < repeats; repeat++) {
				repeat(bench, executor, repeat < bench.choose(3, 1), outcomes);
			}
		}
		finally {
			executor.shutdownNow();
		}
		return report(bench, outcomes);
	}

	/** All drivers at once: they mostly wait. */
	private static void repeat(Bench bench, ExecutorService executor, boolean peersToo,
			Map<Peer, List<Takeover.Outcome>> outcomes) throws Exception {
		List<Peer> peers = bench.contenders()
			.stream()
			.filter((peer) -> peer.recovers() && (peersToo || peer == Peer.DYNLOCK))
			.toList();
		List<Future<Takeover.Outcome>> futures = new ArrayList<>();
		for (Peer peer : peers) {
			Callable<Takeover.Outcome> run = () -> new Takeover(bench, peer, LEASE).run(executor);
			futures.add(executor.submit(run));
		}
		for (int i = 0; i < peers.size(); i++) {
			outcomes.computeIfAbsent(peers.get(i), (peer) -> new ArrayList<>()).add(futures.get(i).get());
		}
	}

	private static Result report(Bench bench, Map<Peer, List<Takeover.Outcome>> outcomes) {
		Table table = new Table("Seconds from the last renewal until taken over", "driver", "repeats",
				"waiting: median", "longest", "trying once a second: median", "longest");
		List<Target> targets = new ArrayList<>();
		double limit = LEASE.toMillis() * 1.02 / 1000 + DriverSettings.PAUSE.toMillis() / 1000.0 + 0.1;
		outcomes.forEach((peer, list) -> {
			table.row(peer.title(), String.valueOf(list.size()), seconds(median(list, Takeover.Outcome::waited)),
					seconds(longest(list, Takeover.Outcome::waited)), seconds(median(list, Takeover.Outcome::tried)),
					seconds(longest(list, Takeover.Outcome::tried)));
			if (peer == Peer.DYNLOCK) {
				targets.add(Target.atMost("seconds until a waiter has it, median",
						median(list, Takeover.Outcome::waited), limit));
				targets.add(Target.atMost("seconds until one has it who tries once a second, median",
						median(list, Takeover.Outcome::tried), limit + 1));
			}
		});
		bench.contenders()
			.stream()
			.filter((peer) -> !peer.recovers() && peer.role() == Peer.Role.PEER)
			.forEach((peer) -> table.row(peer.title(), "0", "never", "never", "never", "never"));
		return new Result(List.of(table), targets, Map.of(),
				List.of("ShedLock and Spring Cloud AWS do not renew by themselves, so their lease counts from the"
						+ " acquisition, and they compare wall clocks, Spring Cloud AWS in whole seconds."));
	}

	private static String seconds(double seconds) {
		return Double.isInfinite(seconds) ? "never" : Figures.of(seconds);
	}

	private static double median(List<Takeover.Outcome> outcomes, ToDoubleFunction<Takeover.Outcome> of) {
		return Samples.median(outcomes.stream().mapToDouble(of).toArray());
	}

	private static double longest(List<Takeover.Outcome> outcomes, ToDoubleFunction<Takeover.Outcome> of) {
		return outcomes.stream().mapToDouble(of).max().orElse(Double.NaN);
	}

}
