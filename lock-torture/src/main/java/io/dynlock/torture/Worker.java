package io.dynlock.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.dynlock.testing.ChildProcess;
import io.dynlock.testing.Message;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.proxy.FaultProxy;
import io.dynlock.torture.strike.Target;
import io.dynlock.torture.worker.Assignment;
import io.dynlock.torture.worker.WorkerMain;

/**
 * A worker: its process, the next one when that was killed, and its way to the table.
 */
final class Worker implements Target, AutoCloseable {

	/** How long to wait for a section to strike in that is long enough. */
	private static final long SECTION_MILLIS = 2000;

	private static final long START_SECONDS = 30;

	private static final long FINISH_SECONDS = 20;

	private final int number;

	private final FaultProxy proxy;

	private final Witness witness;

	private final Function<String, Assignment> assignments;

	private int starts;

	private Incarnation current;

	/**
	 * Starts a worker.
	 * @param number its number
	 * @param proxy its way to the table
	 * @param witness hears what it says
	 * @param assignments what a process of that name is to do
	 */
	Worker(int number, FaultProxy proxy, Witness witness, Function<String, Assignment> assignments) {
		this.number = number;
		this.proxy = proxy;
		this.witness = witness;
		this.assignments = assignments;
		this.current = startProcess();
	}

	private Incarnation startProcess() {
		this.starts++;
		Incarnation incarnation = new Incarnation(this.number + "." + this.starts);
		incarnation.start();
		return incarnation;
	}

	/** Waits until its threads are at work. */
	void awaitStarted() throws InterruptedException {
		if (!this.current.started.await(START_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("Worker " + this.current.name + " does not start");
		}
	}

	@Override
	public void killAndRestart() throws InterruptedException {
		this.current.awaitSection();
		this.current.killed = true;
		this.current.process.kill();
		this.current = startProcess();
		awaitStarted();
	}

	/**
	 * A process of its own ends what it began, even if this one is killed meanwhile.
	 */
	@Override
	public void freeze(Duration length) throws IOException, InterruptedException {
		this.current.awaitSection();
		String seconds = String.format(Locale.ROOT, "%.3f", length.toMillis() / 1000.0);
		Process freezer = new ProcessBuilder("sh", "-c", "kill -STOP $1 && sleep $2; kill -CONT $1", "freeze",
				Long.toString(this.current.process.pid()), seconds)
			.inheritIO()
			.start();
		if (freezer.waitFor() != 0) {
			throw new IOException("Worker " + this.current.name + " cannot be frozen and thawed");
		}
	}

	@Override
	public void begin(FaultKind kind) {
		this.proxy.begin(kind);
	}

	@Override
	public void awaitBefallen() throws InterruptedException {
		this.proxy.awaitBefallen();
	}

	@Override
	public void end() {
		this.proxy.end();
	}

	/** Has the threads end their sections, and take no more locks. */
	void finish() {
		this.current.process.send(new Message("finish"));
	}

	void awaitFinished() throws InterruptedException {
		if (!this.current.finished.await(FINISH_SECONDS, TimeUnit.SECONDS)) {
			this.witness.failed("worker " + this.current.name + " does not finish");
		}
	}

	@Override
	public void close() throws IOException {
		this.current.killed = true;
		this.current.process.kill();
		this.proxy.close();
	}

	/** One process, and the thread that listens to it. */
	private final class Incarnation extends Thread {

		private final String name;

		private final ChildProcess process = ChildProcess.start(WorkerMain.class, Torture.JVM);

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch finished = new CountDownLatch(1);

		private volatile CountDownLatch working = new CountDownLatch(1);

		private volatile boolean killed;

		Incarnation(String name) {
			super("worker-" + name);
			setDaemon(true);
			this.name = name;
		}

		@Override
		public void run() {
			this.process.send(Worker.this.assignments.apply(this.name).toMessage());
			Optional<Message> message = this.process.receive();
			while (message.isPresent()) {
				heard(message.get());
				message = this.process.receive();
			}
			Worker.this.witness.ended(this.name);
			if (!this.killed && this.finished.getCount() > 0) {
				Worker.this.witness.failed("worker " + this.name + " has ended of itself");
			}
		}

		private void heard(Message message) {
			switch (message.word()) {
				case "started" -> this.started.countDown();
				case "working" -> this.working.countDown();
				case "finished" -> this.finished.countDown();
				default -> Worker.this.witness.hear(this.name, Worker.this.number, message);
			}
		}

		/** Waits for a section that goes on, or, for want of one, a little. */
		void awaitSection() throws InterruptedException {
			CountDownLatch next = new CountDownLatch(1);
			this.working = next;
			if (!next.await(SECTION_MILLIS, TimeUnit.MILLISECONDS)) {
				this.working.countDown();
			}
		}

	}

}
