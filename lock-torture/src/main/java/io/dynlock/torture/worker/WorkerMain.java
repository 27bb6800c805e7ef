package io.dynlock.torture.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.DynamoDbClients;
import io.dynlock.Lease;
import io.dynlock.LockListener;
import io.dynlock.LossReason;
import io.dynlock.TableOptions;
import io.dynlock.testing.Message;
import io.dynlock.torture.resource.ResourceClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process whose threads take locks. Its standard input says what to do, then to finish;
 * it ends at once when that ends.
 */
public final class WorkerMain {

	private static final String TABLE = "torture";

	/** How long the threads may take to finish before their waiting is ended. */
	private static final int PATIENCE_SECONDS = 5;

	private final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

	private final Reporter reporter = new Reporter();

	private final AtomicBoolean finish = new AtomicBoolean();

	private WorkerMain() {
	}

	/**
	 * Runs the worker.
	 * @param args none
	 * @throws Exception if it cannot work
	 */
	public static void main(String[] args) throws Exception {
		new WorkerMain().run();
		// whatever threads still wait for a table that does not answer
		Runtime.getRuntime().halt(0);
	}

	private void run() throws Exception {
		Assignment assignment = Assignment.from(order());
		ExecutorService threads = Executors.newFixedThreadPool(assignment.threads());
		ExecutorService background = Executors.newCachedThreadPool();
		try (DynamoDbClient client = client(assignment); DistributedLockTemplate locks = template(client, assignment)) {
			for (Runnable user : users(assignment, locks, background)) {
				threads.execute(user);
			}
			this.reporter.say(new Message("started"));
			order();
			this.finish.set(true);
			threads.shutdown();
			threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		this.reporter.say(new Message("finished"));
	}

	/** The next order; without one, whoever started this process is gone. */
	private Message order() throws IOException {
		String line = this.orders.readLine();
		if (line == null) {
			Runtime.getRuntime().halt(1);
		}
		return Message.parse(line);
	}

	private static DynamoDbClient client(Assignment assignment) {
		return DynamoDbClients.builder()
			.endpoint(assignment.endpoint())
			.local()
			.customize(assignment.subject()::customize)
			.build();
	}

	private DistributedLockTemplate template(DynamoDbClient client, Assignment assignment) {
		return DistributedLockTemplate.builder(client)
			.tableOptions(TableOptions.builder().table(TABLE).requestTimeout(Assignment.REQUEST_TIMEOUT).build())
			.options(assignment.options())
			.owner(assignment.name())
			.listener(new LossListener(this.reporter))
			.build();
	}

	private List<Runnable> users(Assignment assignment, DistributedLockTemplate locks, ExecutorService background)
			throws IOException {
		SplittableRandom random = new SplittableRandom(assignment.seed());
		List<Runnable> users = new ArrayList<>();
		for (int i = 0; i < assignment.threads(); i++) {
			users.add(new LockUser(assignment.name() + "-" + i, assignment.keys(), assignment.lease(),
					assignment.subject().ways(locks, background),
					assignment.subject().ledger(ResourceClient.connect(assignment.resource())), this.reporter,
					this.finish, random.split()));
		}
		return users;
	}

	/** Reports losses. */
	private record LossListener(Reporter reporter) implements LockListener {

		@Override
		public void lost(Lease lease, LossReason reason, Duration held) {
			this.reporter.say(new Message("lost").with("reason", reason.tag()));
		}

	}

}
