package io.dynlock.benchmarks.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.report.BarChart;
import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Table;

/**
 * What all drivers did under one load. Not thread-safe.
 */
final class Standings {

	private final Map<Peer, Standing> byPeer = new LinkedHashMap<>();

	Standings(List<Peer> peers) {
		peers.forEach((peer) -> this.byPeer.put(peer, new Standing()));
	}

	void add(Peer peer, List<LoadResult> processes) {
		of(peer).add(processes);
	}

	Optional<Standing> ours() {
		return Optional.ofNullable(this.byPeer.get(Peer.DYNLOCK));
	}

	Standing of(Peer peer) {
		return this.byPeer.computeIfAbsent(peer, (key) -> new Standing());
	}

	private List<Standing> peers() {
		return this.byPeer.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().role() == Peer.Role.PEER)
			.map(Map.Entry::getValue)
			.toList();
	}

	/** The peer with the most cycles per second. */
	Optional<Standing> bestPeer() {
		return peers().stream().max(Comparator.comparingDouble(Standing::rate));
	}

	/** The shortest wait of any peer, in nanoseconds. */
	double shortestPeerWait(double share) {
		return peers().stream().mapToDouble((standing) -> standing.wait(share)).min().orElse(Double.NaN);
	}

	Table table(String title, boolean processes) {
		double best = bestPeer().map(Standing::rate).orElse(Double.NaN);
		List<String> headers = new ArrayList<>(List.of("driver", "cycles/s", "× best peer", "requests a cycle",
				"RCU a cycle", "WCU a cycle", "RCU/5 + WCU", "wait median ms", "wait p99 ms", "smallest thread share"));
		if (processes) {
			headers.add("smallest process share");
		}
		Table table = new Table(title, headers.toArray(String[]::new));
		this.byPeer.forEach((peer, standing) -> {
			List<String> row = new ArrayList<>(List.of(peer.title(), Figures.of(standing.rate()),
					Figures.ratio(standing.rate(), best), Figures.of(standing.requestsPerCycle()),
					Figures.of(standing.readUnitsPerCycle()), Figures.of(standing.writeUnitsPerCycle()),
					Figures.of(standing.costPerCycle()), Figures.millis(standing.wait(0.5)),
					Figures.millis(standing.wait(0.99)), Figures.percent(standing.smallestThreadShare())));
			if (processes) {
				row.add(Figures.percent(standing.smallestProcessShare()));
			}
			table.row(row.toArray(String[]::new));
		});
		return table;
	}

	BarChart requests(String title) {
		BarChart chart = new BarChart(title + ": requests a cycle");
		this.byPeer.forEach((peer, standing) -> chart.bar(peer.title(), standing.requestsPerCycle()));
		return chart;
	}

	BarChart rates(String title) {
		BarChart chart = new BarChart(title + ": cycles per second");
		this.byPeer.forEach((peer, standing) -> chart.bar(peer.title(), standing.rate()));
		return chart;
	}

	/** What went wrong, if anything. */
	List<String> troubles() {
		List<String> troubles = new ArrayList<>();
		this.byPeer.forEach((peer, standing) -> {
			if (standing.overlaps() > 0) {
				troubles.add("**" + peer.title() + ": " + standing.overlaps()
						+ " times two threads of one process were inside at once.**");
			}
			if (standing.failures() > 0) {
				troubles.add(peer.title() + ": " + standing.failures() + " threads gave up with an exception.");
			}
		});
		return troubles;
	}

}
