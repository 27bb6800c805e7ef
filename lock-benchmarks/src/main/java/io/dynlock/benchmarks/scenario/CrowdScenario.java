package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.LineChart;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.benchmarks.report.Target;

/**
 * Many processes that want the same lock, under simulated time.
 */
final class CrowdScenario implements Scenario {

	private static final int MOST = 1000;

	/** A short section, with as many hand-offs as can be, and a job of some length. */
	private static final List<Duration> HOLDS = List.of(Duration.ofMillis(50), Duration.ofSeconds(1));

	private static final long SEED = 1;

	@Override
	public String id() {
		return "H";
	}

	@Override
	public String title() {
		return "up to 1,000 waiting processes, one key, under simulated time";
	}

	@Override
	public Result run(Bench bench) {
		List<Table> tables = new ArrayList<>();
		List<Target> targets = new ArrayList<>();
		LineChart requests = new LineChart("H: requests per second on the key", "waiting processes");
		LineChart handOffs = new LineChart("H: from a release to the next grant, ms", "waiting processes");
		LineChart fairness = new LineChart("H: fairness of cycles (Jain's index, 1 is best)", "waiting processes");
		for (Duration hold : HOLDS) {
			String held = ", held " + hold.toMillis() + " ms";
			Table load = new Table("Load on the key" + held, "processes", "reads/s", "writes/s", "cost/s",
					"writes/cycle", "cycles/s", "most reads in a second after a common start");
			Table turns = new Table("Turns" + held, "processes", "hand-off ms, median", "hand-off ms, p99",
					"wait s, median", "wait s, p99", "longest wait s", "cycles each", "smallest share", "largest share",
					"Jain's index");
			for (int size : sizes(bench)) {
				CrowdResult result = measure(bench, size, hold);
				load.row(Figures.of(size), Figures.of(result.readsPerSecond()), Figures.of(result.writesPerSecond()),
						Figures.of(result.costPerSecond()), Figures.of(result.writesPerCycle()),
						Figures.of(result.cyclesPerSecond()), Figures.of((double) result.readsAtStart()));
				turns.row(Figures.of(size), Figures.of(result.handOffMillis(0.5)),
						Figures.of(result.handOffMillis(0.99)), Figures.of(result.waitSeconds(0.5)),
						Figures.of(result.waitSeconds(0.99)), Figures.of(result.longestWaitSeconds()),
						Figures.of(result.cyclesPerSecond() * result.measured().toSeconds() / size),
						Figures.times(result.smallestShare()), Figures.times(result.largestShare()),
						Figures.of(result.fairness()));
				requests.point("reads" + held, size, result.readsPerSecond());
				requests.point("writes" + held, size, result.writesPerSecond());
				handOffs.point("median" + held, size, result.handOffMillis(0.5));
				handOffs.point("p99" + held, size, result.handOffMillis(0.99));
				fairness.point("held " + hold.toMillis() + " ms", size, result.fairness());
				if (size == MOST) {
					targets.add(new Target("under 1,000 reads/s at 1,000 waiting processes" + held,
							Figures.of(result.readsPerSecond()), result.readsPerSecond() < 1000));
				}
			}
			tables.add(load);
			tables.add(turns);
		}
		Map<String, LineChart> charts = new LinkedHashMap<>();
		charts.put("h-requests", requests);
		charts.put("h-hand-off", handOffs);
		charts.put("h-fairness", fairness);
		return new Result(tables, targets, charts, notes());
	}

	private static List<Integer> sizes(Bench bench) {
		return bench.isQuick() ? List.of(1, 30, MOST) : List.of(1, 3, 10, 30, 100, 300, MOST);
	}

	/**
	 * Settles for a round at least, as the eldest waits set the pace, and measures
	 * several.
	 */
	private static CrowdResult measure(Bench bench, int size, Duration hold) {
		Duration round = hold.plusMillis(20).multipliedBy(size);
		Duration settle = longest(round, Duration.ofSeconds(60));
		Duration measured = longest(round.multipliedBy(bench.choose(10, 1)), Duration.ofSeconds(60));
		long started = System.nanoTime();
		CrowdResult result = new Crowd(size, hold, SEED).run(settle, measured);
		Bench.say(String.format("  %d processes, held %d ms: %d s simulated in %.1f s", size, hold.toMillis(),
				settle.plus(measured).toSeconds(), (System.nanoTime() - started) / 1e9));
		return result;
	}

	private static Duration longest(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static List<String> notes() {
		return List.of(
				"The code that waits is the library's; time, network and table are simulated, and the figures follow"
						+ " from a seed. Every process has one caller, which waits by the defaults (pauses of a"
						+ " sixteenth of the time waited so far, from 50 ms to 2 s, shortened by up to a half), but"
						+ " without limit, and comes again 25 to 75 ms after its release. A request takes 2.5 to 7.5 ms.",
				"Held 50 ms, the lock changes hands as often as it can; held 1 s, most reads find it held. Shares are"
						+ " multiples of the fair share. Among equals that are drawn by chance, Jain's index is"
						+ " n/(n+1) for n cycles each.");
	}

}
