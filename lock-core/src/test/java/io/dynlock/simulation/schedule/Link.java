package io.dynlock.simulation.schedule;

import java.util.ArrayList;
import java.util.List;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.AsyncLockTable;
import io.dynlock.internal.protocol.LockTable;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.time.Reading;
import io.dynlock.simulation.ProcessDiedError;
import io.dynlock.simulation.SimulatedProcess;

/**
 * The table as one process reaches it. A thread that waits for an answer lets the world
 * go on meanwhile.
 */
final class Link implements LockTable, AsyncLockTable {

	private final SimulatedProcess process;

	private final Network network;

	private boolean failed;

	private int underWay;

	private long answeredNanos = -1;

	private int forcing;

	Link(SimulatedProcess process, Network network) {
		this.process = process;
		this.network = network;
	}

	/** Whether any request had no usable answer, or has none yet, or just now. */
	boolean hasFailed() {
		return this.failed || this.underWay > 0 || hasJustBeenAnswered();
	}

	/** Whether an answer has come in this very instant. */
	boolean hasJustBeenAnswered() {
		return this.answeredNanos == this.process.world().nanos();
	}

	/**
	 * Runs something that ends other people's leases.
	 * @param task what to run
	 */
	void forcing(Runnable task) {
		this.forcing++;
		try {
			task.run();
		}
		finally {
			this.forcing--;
		}
	}

	@Override
	public void send(Request request, long patienceNanos, Handler handler) {
		this.process.schedule(0, () -> {
			Reading before = this.process.now();
			this.underWay++;
			this.network.send(request, this.process,
					(answer) -> this.process.execute(0, () -> handler.answered(noted(answer), before)));
		});
	}

	@Override
	public Answer send(Request request) {
		if (this.process.isDead()) {
			throw new ProcessDiedError(this.process);
		}
		if (this.forcing > 0) {
			this.network.force(request);
		}
		List<Answer> answers = new ArrayList<>();
		this.underWay++;
		this.network.send(request, this.process, (answer) -> this.process.execute(0, () -> answers.add(answer)));
		this.process.world().runUntil(() -> !answers.isEmpty() || this.process.isDead());
		if (answers.isEmpty()) {
			throw new ProcessDiedError(this.process);
		}
		return noted(answers.get(0));
	}

	private Answer noted(Answer answer) {
		this.underWay--;
		this.answeredNanos = this.process.world().nanos();
		this.failed |= answer instanceof Answer.Failed;
		return answer;
	}

}
