package io.dynlock.simulation.schedule;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.TableFailure;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedProcess;
import io.dynlock.simulation.SimulatedTime;

/**
 * Carries requests to the table and answers back, well or not. What becomes of a request
 * is drawn for itself, from the seed and what it says, so that it does not depend on the
 * order of others of the same instant.
 */
final class Network {

	private static final List<Fate> FATES = List.of(Fate.values());

	private final long seed;

	private final SimulatedTime world;

	private final ModelTable table;

	private final Journal journal;

	private final Conditions conditions;

	private final Map<Request, Integer> sent = new HashMap<>();

	/** By identity: others ask for the same. */
	private final Set<Request> forced = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Map<LockKey, Integer> underWay = new HashMap<>();

	private final Set<SimulatedProcess> cutOff = new HashSet<>();

	private Optional<Fate> imposed = Optional.empty();

	private double trouble;

	Network(long seed, SimulatedTime world, ModelTable table, Journal journal, Conditions conditions) {
		this.seed = seed;
		this.world = world;
		this.table = table;
		this.journal = journal;
		this.conditions = conditions;
		this.trouble = conditions.trouble();
	}

	/** From now on every request reaches the table, and every answer its sender. */
	void heal() {
		this.trouble = 0;
		this.imposed = Optional.empty();
		this.cutOff.clear();
	}

	void cutOff(SimulatedProcess process) {
		this.cutOff.add(process);
	}

	void reconnect(SimulatedProcess process) {
		this.cutOff.remove(process);
	}

	/** From now on all requests meet the same fate. */
	void impose(Optional<Fate> fate) {
		this.imposed = fate;
	}

	/** Notes that a request is there to end somebody's lease. */
	void force(Request request) {
		this.forced.add(request);
	}

	/** How long a request takes at most, when all is well. */
	long roundTripNanos() {
		return 2 * this.conditions.latencyNanos();
	}

	/** Whether a request about a lock is still to reach the table. */
	boolean isUnderWay(LockKey key) {
		return this.underWay.getOrDefault(key, 0) > 0;
	}

	/**
	 * Sends a request.
	 * @param request the request
	 * @param from who sends it
	 * @param answered gets the answer when it arrives, outside of the sender
	 */
	void send(Request request, SimulatedProcess from, Consumer<Answer> answered) {
		int number = this.sent.merge(request, 1, Integer::sum);
		SplittableRandom random = new SplittableRandom(this.seed + 31L * request.hashCode()
				+ request.getClass().getSimpleName().hashCode() + 1_000_003L * number);
		Fate fate = fate(request, from, random);
		if (fate != Fate.GOOD) {
			this.journal.count("messages: " + fate);
		}
		this.journal.note(() -> from + " sends " + request + " (" + fate + ")");
		new Transmission(request, from.wallMillis(), random, answered).meet(fate);
	}

	private Fate fate(Request request, SimulatedProcess from, SplittableRandom random) {
		if (this.cutOff.contains(from)) {
			return random.nextBoolean() ? Fate.LOST_REQUEST : Fate.NO_CONNECTION;
		}
		if (this.imposed.isPresent()) {
			return this.imposed.get();
		}
		boolean mayBeStale = request instanceof Request.Read read && !read.consistent();
		if (mayBeStale && this.trouble > 0 && random.nextInt(4) == 0) {
			return Fate.STALE;
		}
		if (random.nextDouble() >= this.trouble) {
			return Fate.GOOD;
		}
		Fate fate = FATES.get(random.nextInt(FATES.size()));
		boolean rare = fate == Fate.REJECTED && random.nextInt(10) > 0;
		return (rare || (fate == Fate.STALE && !mayBeStale)) ? Fate.GOOD : fate;
	}

	/** One request under way. */
	private final class Transmission {

		private final Request request;

		private final long wallMillis;

		private final SplittableRandom random;

		private final Consumer<Answer> answered;

		Transmission(Request request, long wallMillis, SplittableRandom random, Consumer<Answer> answered) {
			this.request = request;
			this.wallMillis = wallMillis;
			this.random = random;
			this.answered = answered;
		}

		void meet(Fate fate) {
			switch (fate) {
				case GOOD, STALE -> arriveIn(latency(), () -> answerIn(latency(), carryOut(fate == Fate.STALE)));
				case SLOW_REQUEST -> arriveIn(eternity(), () -> answerIn(latency(), carryOut(false)));
				case SLOW_ANSWER -> arriveIn(latency(), () -> answerIn(eternity(), carryOut(false)));
				case LOST_REQUEST -> answerIn(timeout(), noAnswer());
				case LOST_ANSWER -> {
					arriveIn(latency(), () -> carryOut(false));
					answerIn(timeout(), noAnswer());
				}
				case LATE -> {
					long timeout = timeout();
					answerIn(timeout, noAnswer());
					arriveIn(timeout + eternity(), this::straggle);
				}
				case REPEATED -> {
					arriveIn(latency(), () -> answerIn(latency(), carryOut(false)));
					arriveIn(2 * latency() + eternity(), this::straggle);
				}
				case SENT_AGAIN -> {
					long first = latency();
					arriveIn(first, () -> carryOut(false));
					arriveIn(first + this.random.nextLong(Network.this.conditions.leaseNanos()),
							() -> answerIn(latency(), carryOut(false)));
				}
				case NO_CONNECTION -> answerIn(latency(), failed(TableFailure.Kind.NO_ANSWER, false));
				case SERVER_ERROR -> answerIn(2 * latency(), noAnswer());
				case SERVER_ERROR_AFTER -> arriveIn(latency(), () -> {
					carryOut(false);
					answerIn(latency(), noAnswer());
				});
				case THROTTLED -> answerIn(2 * latency(), failed(TableFailure.Kind.THROTTLED, false));
				case REJECTED -> answerIn(2 * latency(), failed(TableFailure.Kind.REJECTED, false));
			}
		}

		private void straggle() {
			carryOut(false, true);
		}

		private Answer carryOut(boolean stale) {
			return carryOut(stale, false);
		}

		private Answer carryOut(boolean stale, boolean straggles) {
			Network.this.journal.count("requests carried out");
			boolean mayPrepare = this.request instanceof Request.Acquire || this.request instanceof Request.Read;
			if (mayPrepare && Network.this.table.isMissing()) {
				return failed(TableFailure.Kind.UNPREPARED, false);
			}
			if (stale) {
				return new Answer.Found(Network.this.table.itemAgo(this.request.key(), this.random.nextInt(1, 5)));
			}
			Optional<LockRecord> before = Network.this.table.item(this.request.key());
			Answer answer = Network.this.table.apply(this.request, this.wallMillis);
			Network.this.journal.carriedOut(this.request, before, answer, straggles,
					Network.this.forced.contains(this.request));
			return answer;
		}

		private void arriveIn(long nanos, Runnable event) {
			LockKey key = this.request.key();
			Network.this.underWay.merge(key, 1, Integer::sum);
			in(nanos, () -> {
				Network.this.underWay.merge(key, -1, Integer::sum);
				event.run();
			});
		}

		private void answerIn(long nanos, Answer answer) {
			in(nanos, () -> this.answered.accept(answer));
		}

		private void in(long nanos, Runnable event) {
			Network.this.world.in(Duration.ofNanos(nanos), event);
		}

		private long latency() {
			return this.random.nextLong(Network.this.conditions.latencyNanos() / 4,
					Network.this.conditions.latencyNanos());
		}

		private long timeout() {
			return this.random.nextLong(Network.this.conditions.leaseNanos() / 8,
					Network.this.conditions.leaseNanos() / 2);
		}

		/** Up to a lease and a half. */
		private long eternity() {
			return this.random.nextLong(Network.this.conditions.leaseNanos() * 3 / 2);
		}

		private static Answer noAnswer() {
			return failed(TableFailure.Kind.NO_ANSWER, true);
		}

		private static Answer failed(TableFailure.Kind kind, boolean outcomeUnknown) {
			return new Answer.Failed(
					new TableFailure(kind, kind.name(), outcomeUnknown, Optional.empty(), Optional.empty()));
		}

	}

}
