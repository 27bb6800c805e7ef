package io.dynlock.torture.soak;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.Lease;
import io.dynlock.LockListener;
import io.dynlock.LockOptions;
import io.dynlock.TableOptions;
import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A soak: this process uses locks in all ways, on a table in another, and is looked at
 * from time to time.
 */
public final class Soak {

	private static final String[] TABLE_JVM = { "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m" };

	private static final String TABLE = "soak";

	/** Keys of leases that are held while the others rest. */
	private static final String HELD_LONG = "held-";

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

	/** Longer than what a cut leaves behind can keep a lock. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int EXECUTOR_THREADS = 4;

	private final SoakSettings settings;

	private final Tally tally = new Tally();

	private final Cuts cuts;

	private final Keys keys;

	private Soak(SoakSettings settings) {
		this.settings = settings;
		this.cuts = new Cuts(System::nanoTime, settings.lease());
		this.keys = new Keys(settings.hotKeys());
	}

	/**
	 * Runs.
	 * @param settings what the soak is like
	 * @return what it showed
	 * @throws Exception if the table cannot be started, or the thread is interrupted
	 */
	public static SoakReport run(SoakSettings settings) throws Exception {
		return new Soak(settings).run();
	}

	private SoakReport run() throws Exception {
		List<Sample> samples;
		try (ChildProcess table = ChildProcess.start(TableMain.class, TABLE_JVM)) {
			Message ready = table.expect("ready");
			try (DynamoDbClient direct = client(ready.text("endpoint"));
					DynamoDbClient proxied = client(ready.text("proxy"));
					DistributedLockTemplate rival = template(direct, "rival", new LockListener() {
					});
					DistributedLockTemplate locks = template(proxied, "subject", this.settings.subject().listener())) {
				samples = soak(table, locks, rival, proxied);
			}
			awaitRest("Threads of closed clients are left",
					() -> Thread.getAllStackTraces()
						.keySet()
						.stream()
						.noneMatch((thread) -> thread.getName().startsWith("dynlock-")));
		}
		return new SoakReport(this.settings.toString(), this.tally.cycles(), this.tally.provoked(), this.cuts.count(),
				this.keys.made(), samples.subList(this.settings.warmUpSamples(), samples.size()),
				this.tally.violations());
	}

	private static DynamoDbClient client(String endpoint) {
		return DynamoDbClients.builder().endpoint(URI.create(endpoint)).local().build();
	}

	private DistributedLockTemplate template(DynamoDbClient client, String owner, LockListener listener) {
		return DistributedLockTemplate.builder(client)
			.tableOptions(TableOptions.builder().table(TABLE).requestTimeout(SoakSettings.REQUEST_TIMEOUT).build())
			.options(LockOptions.builder()
				.leaseDuration(this.settings.lease())
				.maxSleepBetweenRetries(LONGEST_PAUSE)
				.waitTimeout(PATIENCE)
				.build())
			.owner(owner)
			.listener(listener)
			.build();
	}

	private List<Sample> soak(ChildProcess table, DistributedLockTemplate locks, DistributedLockTemplate rival,
			DynamoDbClient client) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(EXECUTOR_THREADS);
		Load load = new Load(this.cuts, this.tally);
		Thread cutter = cutter(table);
		try {
			SplittableRandom random = new SplittableRandom();
			CommonUse use = new CommonUse(locks, rival, this.keys, executor);
			Provocation provocation = new Provocation(locks, rival,
					() -> template(client, "passing", this.settings.subject().listener()), this.keys, this.tally);
			for (Future<?> watched : executor
				.invokeAll(Collections.nCopies(this.settings.watched(), Executors.callable(provocation::watch)))) {
				watched.get();
			}
			System.out.println("All is at work: " + this.settings);
			Deck deck = new Deck(Stream.concat(use.activities().stream(), provocation.activities().stream()).toList(),
					new Random(random.nextLong()));
			load.start(this.settings.threads(), deck, random);
			load.startRestless(new Activity("lease held past its duration", 1, (choices) -> holdLong(locks)),
					random.split());
			cutter.start();
			return sample(load, locks);
		}
		finally {
			cutter.interrupt();
			cutter.join();
			load.finish();
			awaitRest("Locks are held though nobody uses them", () -> locks.held().isEmpty() && rival.held().isEmpty());
			executor.shutdown();
		}
	}

	private void holdLong(DistributedLockTemplate locks) throws InterruptedException {
		try (Lease lease = locks.acquire(HELD_LONG + this.keys.fresh())) {
			Thread.sleep(this.settings.lease().multipliedBy(4).dividedBy(3).toMillis());
			lease.ensureValid();
		}
	}

	private Thread cutter(ChildProcess table) {
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					Thread.sleep(this.settings.cutEvery().toMillis());
					this.cuts.began();
					table.send(new Message(TableMain.CUT));
					Thread.sleep(this.settings.cut().toMillis());
					table.send(new Message(TableMain.MEND));
					this.cuts.ended();
				}
			}
			catch (InterruptedException ex) {
				table.send(new Message(TableMain.MEND));
				this.cuts.ended();
			}
		}, "cutter");
		thread.setDaemon(true);
		return thread;
	}

	private List<Sample> sample(Load load, DistributedLockTemplate locks) throws Exception {
		List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < this.settings.samples(); i++) {
			Thread.sleep(this.settings.samplePeriod().toMillis());
			Sample sample = load.atRest(() -> {
				awaitRest("Locks are held though their users rest",
						() -> locks.held().stream().allMatch((held) -> held.key().startsWith(HELD_LONG)));
				Thread.sleep(this.settings.rest().toMillis());
				return Sample.take();
			});
			samples.add(sample);
			System.out.println(sample);
		}
		return samples;
	}

	private void awaitRest(String otherwise, BooleanSupplier rest) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!rest.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				this.tally.violation(otherwise);
				return;
			}
			Thread.sleep(20);
		}
	}

}
