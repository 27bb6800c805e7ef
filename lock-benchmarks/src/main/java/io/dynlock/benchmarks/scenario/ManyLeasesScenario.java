package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.benchmarks.report.Target;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;

/**
 * Many leases in one process, at a table that answers late.
 */
final class ManyLeasesScenario implements Scenario {

	private static final Duration LATE = Duration.ofMillis(20);

	@Override
	public String id() {
		return "F";
	}

	@Override
	public String title() {
		return "many leases in one process, renewed at a third of the lease, every request 20 ms late";
	}

	@Override
	public Result run(Bench bench) {
		Table table = new Table("Leases", "driver", "leases", "lease s", "watched s", "lost", "least valid",
				"acquired in s", "threads", "heap bytes a lease");
		List<Target> targets = new ArrayList<>();
		for (Peer peer : bench.contenders()) {
			if (!peer.renews()) {
				continue;
			}
			Message result = measure(bench, peer, table, 1000, Duration.ofSeconds(10),
					bench.choose(Duration.ofSeconds(60), Duration.ofSeconds(12)));
			if (peer == Peer.DYNLOCK) {
				targets.add(Target.atMost("1,000 leases: lost", result.real("lost"), 0));
				targets
					.add(Target.atLeast("1,000 leases: least valid part of a lease", result.real("leastValid"), 0.5));
			}
		}
		if (bench.contenders().contains(Peer.DYNLOCK)) {
			int count = bench.choose(10_000, 2000);
			Message result = measure(bench, Peer.DYNLOCK, table, count, Duration.ofSeconds(60),
					bench.choose(Duration.ofSeconds(80), Duration.ofSeconds(5)));
			String leases = Figures.of(count) + " leases: ";
			targets.add(Target.atMost(leases + "lost", result.real("lost"), 0));
			targets.add(new Target(leases + "threads constant", threads(result),
					result.number("threadsFrom") == result.number("threadsTo")));
			targets.add(Target.atMost(leases + "heap bytes a lease", result.real("heapPerLease"), 2048));
		}
		return new Result(List.of(table), targets, Map.of(), List
			.of("Drivers without automatic renewal cannot take part. A lease counts as lost when its own library"
					+ " says that it has run out. Heap a lease includes the harness's own reference."));
	}

	private static Message measure(Bench bench, Peer peer, Table table, int count, Duration lease, Duration duration) {
		try (ChildProcess worker = ChildProcess.start(WorkerMain.class)) {
			worker.send(new Message("fleet").with("driver", peer.id())
				.with("table", bench.newTable(peer))
				.with("endpoint", bench.endpoint())
				.with("late", LATE)
				.with("count", count)
				.with("lease", lease)
				.with("duration", duration));
			Message result = worker.expect("result");
			table.row(peer.title(), Figures.of(count), Figures.of(lease.toMillis() / 1000.0),
					Figures.of(duration.toMillis() / 1000.0), Figures.of(result.real("lost")),
					Figures.percent(result.real("leastValid")), Figures.of(result.real("acquiring")), threads(result),
					Figures.of(result.real("heapPerLease")));
			// leases need not be given back one by one
			worker.kill();
			return result;
		}
	}

	private static String threads(Message result) {
		return result.number("threadsFrom") + " to " + result.number("threadsTo");
	}

}
