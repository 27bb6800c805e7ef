package io.dynlock.benchmarks.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.dynlock.benchmarks.driver.Clients;
import io.dynlock.benchmarks.driver.Counts;
import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.driver.LockDriver;
import io.dynlock.benchmarks.driver.Peer;
import io.dynlock.benchmarks.report.BarChart;
import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.benchmarks.report.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a lock costs that nobody else wants.
 */
final class UncontendedScenario implements Scenario {

	private static final int COUNTED = 20;

	@Override
	public String id() {
		return "A";
	}

	@Override
	public String title() {
		return "one thread, acquire and release, no contention";
	}

	@Override
	public Result run(Bench bench) throws Exception {
		Map<Peer, Track> tracks = new LinkedHashMap<>();
		try {
			for (Peer peer : bench.peers()) {
				if (peer == Peer.LOCAL) {
					continue;
				}
				String table = bench.newTable(peer);
				Counts counts = CycleCounter.count(bench.endpoint(), peer, table, COUNTED);
				// without the interceptor that counts, since it allocates
				LockDriver driver = peer.open(Clients.of(bench.endpoint()), DriverSettings.on(table));
				tracks.put(peer, new Track(driver, counts));
			}
			measure(List.copyOf(tracks.values()), bench.choose(40, 10), bench.choose(50, 20), bench.choose(1500, 200));
		}
		finally {
			tracks.values().forEach(Track::close);
		}
		return report(tracks);
	}

	private static void measure(List<Track> tracks, int rounds, int cycles, int warmUp) throws InterruptedException {
		for (int warm = 0; warm < warmUp; warm += cycles) {
			for (Track track : tracks) {
				track.cycles(cycles);
			}
		}
		tracks.forEach(Track::forget);
		for (int round = 0; round < rounds; round++) {
			for (int i = 0; i < tracks.size(); i++) {
				tracks.get((i + round) % tracks.size()).cycles(cycles);
			}
		}
	}

	private static Result report(Map<Peer, Track> tracks) {
		Table table = new Table("Per cycle", "driver", "requests", "RCU", "WCU", "median ms", "p99 ms", "× floor",
				"KB allocated", "× floor", "CPU µs", "× floor");
		BarChart requests = new BarChart("A: requests a cycle");
		BarChart rate = new BarChart("A: cycles per second of one thread");
		Track floor = tracks.get(Peer.FLOOR);
		tracks.forEach((peer, track) -> {
			Counts counts = track.counts;
			table.row(peer.title(), Figures.of((double) counts.requests() / COUNTED),
					Figures.of(counts.readUnits() / COUNTED), Figures.of(counts.writeUnits() / COUNTED),
					Figures.millis(track.median()), Figures.millis(track.latencies.percentile(0.99)),
					Figures.times(ratio(track.medians, floor, (other) -> other.medians)),
					Figures.of(Samples.median(array(track.bytes)) / 1024),
					Figures.times(ratio(track.bytes, floor, (other) -> other.bytes)),
					Figures.of(mean(track.cpu) / 1000),
					(floor != null) ? Figures.ratio(mean(track.cpu), mean(floor.cpu)) : "-");
			if (peer.role() != Peer.Role.DIAGNOSIS) {
				requests.bar(peer.title(), (double) counts.requests() / COUNTED);
				rate.bar(peer.title(), 1e9 / track.median());
			}
		});
		List<Target> targets = new ArrayList<>();
		Track ours = tracks.get(Peer.DYNLOCK);
		if (ours != null && floor != null) {
			double perCycle = (double) ours.counts.requests() / COUNTED;
			targets.add(new Target("2 requests a cycle", Figures.of(perCycle), perCycle == 2));
			targets.add(Target.atMost("median latency × floor", ratio(ours.medians, floor, (track) -> track.medians),
					1.05));
			targets
				.add(Target.atMost("bytes allocated × floor", ratio(ours.bytes, floor, (track) -> track.bytes), 1.25));
		}
		return new Result(List.of(table), targets, Map.of("a-requests", requests, "a-rate", rate), List
			.of("Ratios are medians over rounds in which every driver had its turn. Bytes and processor time are"
					+ " those of all threads of the client's process. The floor with a time limit shows what the"
					+ " SDK takes for limiting a request, as a lock must whose lease ends. The row of dynlock's requests"
					+ " alone shows how long the emulator takes for expressions that recognise a repeated write, keep"
					+ " a version and tell the holder; the floor's do none of that. What dynlock takes beyond that row"
					+ " is its protocol."));
	}

	private static double ratio(List<Double> values, @Nullable Track floor, Function<Track, List<Double>> of) {
		if (floor == null) {
			return Double.NaN;
		}
		List<Double> base = of.apply(floor);
		double[] ratios = new double[values.size()];
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] = values.get(i) / base.get(i);
		}
		return Samples.median(ratios);
	}

	/** Of processor time, since the system counts that in steps longer than a cycle. */
	private static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
	}

	private static double[] array(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}

	/** One driver, and what it took in each round. */
	private static final class Track {

		private final LockDriver driver;

		private final Counts counts;

		private final List<Double> medians = new ArrayList<>();

		private final List<Double> bytes = new ArrayList<>();

		private final List<Double> cpu = new ArrayList<>();

		private Samples latencies = new Samples();

		Track(LockDriver driver, Counts counts) {
			this.driver = driver;
			this.counts = counts;
		}

		double median() {
			return Samples.median(array(this.medians));
		}

		void cycles(int cycles) throws InterruptedException {
			Samples round = new Samples();
			Map<Long, Long> allocated = Jvm.allocatedBytes();
			long cpuBefore = Jvm.cpuNanos();
			for (int i = 0; i < cycles; i++) {
				long before = System.nanoTime();
				this.driver.acquire("alone").release();
				round.add(System.nanoTime() - before);
			}
			this.cpu.add((double) (Jvm.cpuNanos() - cpuBefore) / cycles);
			this.bytes.add((double) Jvm.allocatedSince(allocated) / cycles);
			this.medians.add(round.percentile(0.5));
			this.latencies.addAll(round);
		}

		/** What was measured while everything was cold. */
		void forget() {
			this.cpu.clear();
			this.bytes.clear();
			this.medians.clear();
			this.latencies = new Samples();
		}

		void close() {
			this.driver.close();
		}

	}

}
