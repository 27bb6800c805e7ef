package io.dynlock.internal.protocol;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.dynlock.internal.time.Sleeper;
import io.dynlock.internal.time.TimeSource;

/**
 * Acquires locks for threads that wait for them: drives each {@link Acquisition} in the
 * thread that calls. Thread-safe.
 */
public final class Acquirer {

	private final LockTable table;

	private final TimeSource time;

	private final Sleeper sleeper;

	private final RandomGenerator random;

	private final Supplier<String> ids;

	private final Leftovers leftovers;

	private final Watches watches = new Watches();

	Acquirer(LockTable table, TimeSource time, Sleeper sleeper, RandomGenerator random, Supplier<String> ids,
			Leftovers leftovers) {
		this.table = table;
		this.time = time;
		this.sleeper = sleeper;
		this.random = random;
		this.ids = ids;
		this.leftovers = leftovers;
	}

	/**
	 * Acquires a lock from the table, or waits for it as long as the terms say. Whatever
	 * the end, a lock that may have been taken without being granted is released in the
	 * background.
	 * @param place the caller's place
	 * @param terms what is asked for
	 * @param listener is told of every attempt
	 * @return what came of it; {@link Acquisition.Result.Busy} too when the wait was cut
	 * short by closing
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	Acquisition.Result acquire(Place place, Terms terms, AttemptListener listener) throws InterruptedException {
		Acquisition acquisition = begin(place, terms, listener);
		try {
			return drive(acquisition);
		}
		finally {
			acquisition.breakOff();
			releaseLeftovers(place, acquisition);
		}
	}

	/**
	 * Begins an acquisition that somebody else drives.
	 * @param place the caller's place
	 * @param terms what is asked for
	 * @param listener is told of every attempt
	 */
	Acquisition begin(Place place, Terms terms, AttemptListener listener) {
		Acquisition acquisition = new Acquisition(place.key(), terms, this.watches, this.time, this.random, this.ids,
				listener);
		place.holderIsKnownBy(acquisition::holder);
		return acquisition;
	}

	/**
	 * Releases what an acquisition has left behind.
	 * @param place the caller's place
	 * @param acquisition an acquisition that has ended
	 */
	void releaseLeftovers(Place place, Acquisition acquisition) {
		Terms terms = place.terms();
		this.leftovers.release(place.key(), acquisition.leftovers(), terms.holding(), terms.leaseMillis());
	}

	private Acquisition.Result drive(Acquisition acquisition) throws InterruptedException {
		while (true) {
			Acquisition.Step step = acquisition.step();
			if (step instanceof Acquisition.Step.Send send) {
				acquisition.answered(this.table.send(send.request()));
			}
			else if (step instanceof Acquisition.Step.Sleep sleep) {
				pause(acquisition, sleep.nanos());
			}
			else if (step instanceof Acquisition.Step.Finished finished) {
				return finished.result();
			}
		}
	}

	private void pause(Acquisition acquisition, long nanos) throws InterruptedException {
		boolean slept = false;
		try {
			slept = this.sleeper.sleep(nanos);
		}
		finally {
			if (slept) {
				acquisition.woke();
			}
			else {
				acquisition.abandon();
			}
		}
	}

}
