package io.dynlock.benchmarks.scenario;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.dynlock.benchmarks.report.Figures;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;

/**
 * What the starter adds to the start of an application.
 */
final class StartUpScenario implements Scenario {

	@Override
	public String id() {
		return "I";
	}

	@Override
	public String title() {
		return "a minimal application of Spring Boot starts, each time in a JVM of its own";
	}

	@Override
	public Result run(Bench bench) {
		Map<StartUpKind, List<Start>> starts = new EnumMap<>(StartUpKind.class);
		StartUpKind[] kinds = StartUpKind.values();
		for (int round = 0; round < bench.choose(15, 3); round++) {
			for (int i = 0; i < kinds.length; i++) {
				StartUpKind kind = kinds[(i + round) % kinds.length];
				starts.computeIfAbsent(kind, (any) -> new ArrayList<>()).add(start(kind));
			}
		}
		return report(starts);
	}

	private static Start start(StartUpKind kind) {
		try (ChildProcess process = ChildProcess.start(StartUpMain.class, kind.jvmArguments())) {
			Message started = process.expect("started");
			return new Start(started.number("nanos"), started.number("classes"), started.number("clients"));
		}
	}

	private static Result report(Map<StartUpKind, List<Start>> starts) {
		Table table = new Table("Start-up", "application", "clients", "median ms", "more ms", "× without", "classes");
		double[] base = nanos(starts.getOrDefault(StartUpKind.PLAIN, List.of()));
		starts.forEach((kind, all) -> {
			double[] nanos = nanos(all);
			table.row(kind.title(), String.valueOf(all.get(0).clients()), Figures.millis(Samples.median(nanos)),
					Figures.millis(Samples.median(paired(nanos, base, false))),
					Figures.times(Samples.median(paired(nanos, base, true))),
					Figures.of(Samples.median(all.stream().mapToDouble(Start::classes).toArray())));
		});
		return new Result(List.of(table), List.of(), Map.of(), List
			.of("From before the SpringApplication is made until its context is refreshed, without the start of"
					+ " the JVM. Differences and ratios are medians over rounds in which every application had its"
					+ " turn. No request is made: the starter prepares the SDK's client, and looks for credentials."));
	}

	private static double[] nanos(List<Start> starts) {
		return starts.stream().mapToDouble(Start::nanos).toArray();
	}

	private static double[] paired(double[] values, double[] base, boolean ratio) {
		double[] paired = new double[values.length];
		for (int i = 0; i < paired.length; i++) {
			paired[i] = ratio ? values[i] / base[i] : values[i] - base[i];
		}
		return paired;
	}

	/**
	 * One start.
	 *
	 * @param nanos how long it took
	 * @param classes how many were loaded
	 * @param clients how many clients of DynamoDB there are
	 */
	private record Start(long nanos, long classes, long clients) {

	}

}
