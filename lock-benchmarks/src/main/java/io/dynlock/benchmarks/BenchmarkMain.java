package io.dynlock.benchmarks;

import java.net.URI;
import java.time.Duration;

import io.dynlock.benchmarks.driver.DriverSettings;
import io.dynlock.benchmarks.micro.MicroBenchmarks;
import io.dynlock.benchmarks.report.MarkdownReport;
import io.dynlock.benchmarks.report.Result;
import io.dynlock.benchmarks.report.Table;
import io.dynlock.benchmarks.scenario.Bench;
import io.dynlock.benchmarks.scenario.Scenario;
import io.dynlock.benchmarks.scenario.Scenarios;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.DynamoDbProcess;

/**
 * Runs the scenarios, and writes the report.
 */
public final class BenchmarkMain {

	private final CommandLine commandLine;

	private final MarkdownReport report;

	private BenchmarkMain(CommandLine commandLine, String... args) {
		this.commandLine = commandLine;
		this.report = new MarkdownReport("java -jar lock-benchmarks/target/benchmarks.jar " + String.join(" ", args),
				settings());
	}

	/**
	 * Runs the scenarios.
	 * @param args see {@link CommandLine#USAGE}
	 * @throws Exception if one cannot be run
	 */
	public static void main(String[] args) throws Exception {
		CommandLine commandLine = CommandLine.parse(args);
		if (commandLine.micro()) {
			MicroBenchmarks.run(commandLine.quick());
			return;
		}
		new BenchmarkMain(commandLine, args).run();
		// whatever threads a library has left
		System.exit(0);
	}

	private void run() throws Exception {
		try (ChildProcess server = ChildProcess.start(DynamoDbProcess.class)) {
			URI endpoint = URI.create(server.expect("ready").text("endpoint"));
			Bench bench = new Bench(endpoint, this.commandLine.quick(), this.commandLine.peers());
			for (Scenario scenario : Scenarios.all()) {
				if (this.commandLine.scenarios().contains(scenario.id())) {
					run(scenario, bench);
				}
			}
		}
		this.report.write(this.commandLine.output());
		System.out.println(this.report.toMarkdown());
	}

	private void run(Scenario scenario, Bench bench) throws Exception {
		System.err.println(scenario.id() + ": " + scenario.title());
		long started = System.nanoTime();
		Result result = scenario.run(bench);
		this.report.add(scenario.id(), scenario.title(), result);
		System.err.println(scenario.id() + ": " + Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s");
	}

	private static Table settings() {
		return new Table("Settings", "what", "value")
			.row("client",
					"the SDK's defaults; synchronous, but for Spring Cloud AWS, which takes the asynchronous one only")
			.row("pause between two attempts",
					DriverSettings.PAUSE.toMillis() + " ms; dynlock's first, its others grow as by default")
			.row("lease", DriverSettings.LEASE.toSeconds()
					+ " s where a scenario says nothing else; renewed at a third of it, where renewals are automatic")
			.row("waiting",
					"by the library, where it waits; ShedLock, the floor and go-commons in a loop of the driver")
			.row("cost", "RCU/5 + WCU; a refused write counts as 1 WCU");
	}

}
