package io.dynlock.benchmarks.scenario;

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
 * What stays in memory of keys that were used once.
 */
final class ManyKeysScenario implements Scenario {

	@Override
	public String id() {
		return "G";
	}

	@Override
	public String title() {
		return "many distinct keys, each locked and released once";
	}

	@Override
	public Result run(Bench bench) {
		Table table = new Table("Live heap after garbage collection", "driver", "keys", "grown by KB", "bytes a key");
		List<Target> targets = new ArrayList<>();
		int most = bench.choose(200_000, 20_000);
		for (Peer peer : bench.contenders()) {
			if (peer.role() == Peer.Role.FLOOR || (bench.isQuick() && peer != Peer.DYNLOCK)) {
				continue;
			}
			int keys = (peer == Peer.DYNLOCK) ? most : most / 10;
			double grown = sweep(bench, peer, keys);
			table.row(peer.title(), Figures.of(keys), Figures.of(grown / 1024), Figures.of(grown / keys));
			if (peer == Peer.DYNLOCK) {
				targets.add(Target.atMost("live heap grown by KB, after " + Figures.of(keys) + " keys", grown / 1024,
						1024));
			}
		}
		return new Result(List.of(table), targets, Map.of(),
				List.of("Each driver in a JVM of its own, with 8 threads; the peers with a tenth of the keys."));
	}

	private static double sweep(Bench bench, Peer peer, int keys) {
		try (ChildProcess worker = ChildProcess.start(WorkerMain.class)) {
			worker.send(new Message("sweep").with("driver", peer.id())
				.with("table", bench.newTable(peer))
				.with("endpoint", bench.endpoint())
				.with("count", keys));
			return worker.expect("result").real("grown");
		}
	}

}
