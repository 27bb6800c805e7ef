package io.dynlock.torture;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dynlock.DynamoDbClients;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.DynamoDbProcess;
import io.dynlock.torture.audit.Audit;
import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Strike;
import io.dynlock.torture.proxy.FaultProxy;
import io.dynlock.torture.proxy.TableLog;
import io.dynlock.torture.report.Summary;
import io.dynlock.torture.resource.ResourceProcess;
import io.dynlock.torture.strike.Striker;
import io.dynlock.torture.worker.Assignment;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A run: starts the table, the resource and the workers, strikes, and audits.
 */
public final class Torture {

	/** Processes start quickly, and leave the cores to each other. */
	static final String[] JVM = { "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m" };

	private static final Duration PULSE = Duration.ofMillis(100);

	private final Settings settings;

	private final Witness witness = new Witness();

	private final TableLog table = new TableLog();

	private Torture(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Runs.
	 * @param settings what the run is like
	 * @return what it showed
	 * @throws IOException if a process cannot be started or struck
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public static Summary run(Settings settings) throws IOException, InterruptedException {
		return new Torture(settings).run();
	}

	private Summary run() throws IOException, InterruptedException {
		try (ChildProcess server = ChildProcess.start(DynamoDbProcess.class, JVM);
				ResourceProcess resource = ResourceProcess.start(JVM)) {
			URI endpoint = URI.create(server.expect("ready").text("endpoint"));
			List<Worker> workers = new ArrayList<>();
			try {
				for (int number = 0; number < this.settings.workers(); number++) {
					workers.add(start(number, endpoint, resource.port()));
				}
				return run(workers, resource, endpoint);
			}
			finally {
				for (Worker worker : workers) {
					worker.close();
				}
			}
		}
	}

	private Worker start(int number, URI endpoint, int resource) throws IOException {
		FaultProxy proxy = FaultProxy.start(number, endpoint, this.table);
		return new Worker(number, proxy, this.witness,
				(name) -> new Assignment(name, proxy.endpoint(), resource, this.settings.threads(),
						this.settings.keys(), this.settings.lease(), this.settings.subject(),
						this.settings.seed() + name.hashCode()));
	}

	private Summary run(List<Worker> workers, ResourceProcess resource, URI endpoint) throws InterruptedException {
		for (Worker worker : workers) {
			worker.awaitStarted();
		}
		System.out.println("All processes are at work: " + this.settings);
		Pulse pulse = new Pulse(System::nanoTime, PULSE);
		try (DynamoDbClient client = DynamoDbClients.builder().endpoint(endpoint).local().build()) {
			Thread pulsing = pulse.start(() -> ask(client));
			try {
				return run(workers, resource, pulse);
			}
			finally {
				pulsing.interrupt();
				pulsing.join();
			}
		}
	}

	private static void ask(DynamoDbClient client) {
		try {
			client.listTables();
		}
		catch (SdkException ex) {
			// no answer in time; or the run is over
		}
	}

	private Summary run(List<Worker> workers, ResourceProcess resource, Pulse pulse) throws InterruptedException {
		long from = System.nanoTime();
		List<Strike> strikes = new Striker(workers, this.settings.lease(), this.settings.seed())
			.run(this.settings.duration());
		long rest = from + this.settings.duration().toNanos() - System.nanoTime();
		Thread.sleep(Math.max(0, rest / 1_000_000));
		Interval run = new Interval(from, System.nanoTime());
		workers.forEach(Worker::finish);
		for (Worker worker : workers) {
			worker.awaitFinished();
		}
		return summarize(run, strikes, pulse.stalls(), resource.ask());
	}

	private Summary summarize(Interval run, List<Strike> strikes, List<Interval> stalls,
			ResourceProcess.Memory memory) {
		Evidence evidence = new Evidence(run, memory.writes(), memory.values(), this.witness.kept(),
				this.witness.untold(), this.witness.waits(), this.table.writes(), strikes, stalls,
				this.witness.failures());
		Audit audit = new Audit(Assignment.REQUEST_TIMEOUT, this.settings.longestOutage());
		return Summary.of(this.settings.toString(), evidence, this.table, this.witness.losses(), audit.judge(evidence));
	}

}
