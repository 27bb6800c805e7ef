package io.dynlock.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.benchmarks.driver.Meter;
import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Target;

/**
 * Threads of one process that want the same lock.
 */
final class OneProcessScenario implements Scenario {

	private static final int THREADS = 8;

	private static final Duration INSIDE = Duration.ofMillis(5);

	private final boolean empty;

	/**
	 * Creates the scenario.
	 * @param empty whether they do nothing while they have it
	 */
	OneProcessScenario(boolean empty) {
		this.empty = empty;
	}

	@Override
	public String id() {
		return this.empty ? "B" : "C";
	}

	@Override
	public String title() {
		return THREADS + " threads of one process, one key, " + (this.empty ? "nothing" : INSIDE.toMillis() + " ms")
				+ " inside";
	}

	@Override
	public Result run(Bench bench) throws Exception {
		Load load = new Load(THREADS, this.empty ? Duration.ZERO : INSIDE, Duration.ZERO, Duration.ZERO,
				Duration.ofMillis(500), bench.choose(Duration.ofSeconds(3), Duration.ofSeconds(1)));
		List<Peer> peers = new ArrayList<>(bench.contenders());
		peers.add(Peer.LOCAL);
		Standings standings = new Standings(peers);
		for (Peer peer : peers) {
			// has the code compiled
			measure(bench, peer, load);
		}
		for (int round = 0; round < bench.choose(3, 1); round++) {
			for (Peer peer : peers) {
				standings.add(peer, List.of(measure(bench, peer, load)));
			}
		}
		List<Target> targets = new ArrayList<>();
		standings.ours()
			.ifPresent((ours) -> standings.bestPeer()
				.ifPresent((peer) -> targets
					.addAll(this.empty ? whenEmpty(ours, peer) : whenBusy(ours, standings.of(Peer.LOCAL)))));
		List<String> notes = new ArrayList<>(standings.troubles());
		notes.add("A thread share of 100 % is what each thread has when all have the same; the smallest of any round is"
				+ " shown. The lock of the JVM shows what this machine allows: a pause of 5 ms lasts longer than that.");
		String name = id().toLowerCase(Locale.ROOT);
		return new Result(List.of(standings.table("Contention within a process", false)), targets,
				Map.of(name + "-requests", standings.requests(id()), name + "-rate", standings.rates(id())), notes);
	}

	private static LoadResult measure(Bench bench, Peer peer, Load load) throws InterruptedException {
		Meter meter = new Meter();
		DriverSettings settings = DriverSettings.on(bench.newTable(peer));
		try (LockDriver driver = peer.open(Clients.of(bench.endpoint(), meter), settings)) {
			return new LoadRunner(driver, meter, "wanted", load).run();
		}
	}

	private static List<Target> whenEmpty(Standing ours, Standing peer) {
		return List.of(Target.atLeast("cycles/s × best peer", ours.rate() / peer.rate(), 50),
				Target.atMost("requests a cycle", ours.requestsPerCycle(), 0.1),
				new Target("no thread's share below 50 % of a fair one", Figures.percent(ours.smallestThreadShare()),
						ours.smallestThreadShare() >= 0.5));
	}

	private static List<Target> whenBusy(Standing ours, Standing local) {
		return List.of(
				Target.atLeast("share of the cycles that " + INSIDE.toMillis() + " ms allow",
						ours.rate() * INSIDE.toMillis() / 1000, 0.9),
				Target.atLeast("share of the cycles of a lock of the JVM", ours.rate() / local.rate(), 0.9));
	}

}
