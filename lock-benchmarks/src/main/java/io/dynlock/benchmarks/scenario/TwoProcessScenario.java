package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.report.BarChart;
import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.benchmarks.report.Target;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;

/**
 * Threads of two processes that want the same lock.
 */
final class TwoProcessScenario implements Scenario {

	private static final int PROCESSES = 2;

	@Override
	public String id() {
		return "D";
	}

	@Override
	public String title() {
		return "2 processes of 4 threads, one key, 5 ms inside";
	}

	@Override
	public Result run(Bench bench) throws Exception {
		Standings without = new Standings(bench.contenders());
		Standings with = new Standings(bench.contenders());
		List<ChildProcess> workers = new ArrayList<>();
		try {
			for (int i = 0; i < PROCESSES; i++) {
				workers.add(ChildProcess.start(WorkerMain.class));
			}
			for (int round = 0; round < bench.choose(2, 1); round++) {
				for (Peer peer : bench.contenders()) {
					without.add(peer, measure(bench, workers, peer, load(bench, 0, 0)));
					with.add(peer, measure(bench, workers, peer, load(bench, 25, 75)));
				}
			}
		}
		finally {
			workers.forEach(ChildProcess::close);
		}
		return report(without, with);
	}

	private static Load load(Bench bench, int pauseFrom, int pauseTo) {
		return new Load(4, Duration.ofMillis(5), Duration.ofMillis(pauseFrom), Duration.ofMillis(pauseTo),
				bench.choose(Duration.ofSeconds(1), Duration.ofMillis(500)),
				bench.choose(Duration.ofSeconds(5), Duration.ofSeconds(1)));
	}

	private static List<LoadResult> measure(Bench bench, List<ChildProcess> workers, Peer peer, Load load) {
		Message order = load.addTo(new Message("load").with("driver", peer.id())
			.with("table", bench.newTable(peer))
			.with("endpoint", bench.endpoint()));
		workers.forEach((worker) -> worker.send(order));
		workers.forEach((worker) -> worker.expect("ready"));
		workers.forEach((worker) -> worker.send(new Message("go")));
		return workers.stream().map((worker) -> LoadResult.from(worker.expect("result"))).toList();
	}

	private static Result report(Standings without, Standings with) {
		List<Table> tables = List.of(without.table("Without a pause outside", true),
				with.table("With a pause of 25 to 75 ms outside", true));
		List<Target> targets = new ArrayList<>(targets("no pause: ", without, 1.7, 0.2));
		targets.addAll(targets("pause: ", with, 1.6, 0.5));
		Map<String, BarChart> charts = new LinkedHashMap<>();
		charts.put("d-requests", without.requests("D, no pause"));
		charts.put("d-rate", without.rates("D, no pause"));
		charts.put("d-pause-requests", with.requests("D, pause"));
		charts.put("d-pause-rate", with.rates("D, pause"));
		List<String> notes = new ArrayList<>(without.troubles());
		notes.addAll(with.troubles());
		notes.add("The best peer is the one with the most cycles per second; its cost is compared. The wait is compared"
				+ " with the shortest of any peer. No lock can pass the rate that C shows for a lock of the JVM.");
		return new Result(tables, targets, charts, notes);
	}

	private static List<Target> targets(String variant, Standings standings, double rate, double cost) {
		if (standings.ours().isEmpty() || standings.bestPeer().isEmpty()) {
			return List.of();
		}
		Standing ours = standings.ours().get();
		Standing peer = standings.bestPeer().get();
		return List.of(Target.atLeast(variant + "cycles/s × best peer", ours.rate() / peer.rate(), rate),
				Target.atMost(variant + "cost a cycle × best peer", ours.costPerCycle() / peer.costPerCycle(), cost),
				Target.atMost(variant + "p99 wait × best peer", ours.wait(0.99) / standings.shortestPeerWait(0.99),
						0.25),
				new Target(variant + "neither process below 35 %", Figures.percent(ours.smallestProcessShare()),
						ours.smallestProcessShare() >= 0.35));
	}

}
