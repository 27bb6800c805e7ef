package io.dynlock.simulation.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Outcome;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedTime;

/**
 * One schedule: a while of chaos, then calm, in which everything must come to rest, then
 * the death of a holder, whom another process must follow in time.
 */
final class Schedule {

	private static final List<Strike> STRIKES = List.of(Strike.values());

	private static final long MAX_EVENTS = 200_000;

	/** How far the rate of a monotonic clock may be from the truth: two differ by 1 %. */
	private static final double MAX_RATE_ERROR = 0.005;

	private final SplittableRandom random;

	private final Conditions conditions;

	private final SimulatedTime world = new SimulatedTime(MAX_EVENTS);

	private final ModelTable table;

	private final Journal journal;

	private final Network network;

	private final List<LockKey> keys;

	private final List<Node> nodes = new ArrayList<>();

	private int started;

	private long calmSince;

	Schedule(long seed, boolean traced) {
		this.random = new SplittableRandom(seed);
		this.conditions = Conditions.draw(this.random);
		this.keys = IntStream.range(0, this.conditions.keys()).mapToObj((n) -> new LockKey("key" + n)).toList();
		this.table = !this.conditions.tellsHolder() ? ModelTable.tellingNoHolder()
				: this.conditions.keepsItems() ? ModelTable.retaining() : ModelTable.deleting();
		List<Invariant> invariants = new ArrayList<>(List.of(new Exclusion(), new NothingOfOthers(), new Truth()));
		if (keepsItems()) {
			invariants.add(new Order());
		}
		this.journal = new Journal(this.world, this.table, invariants, traced);
		this.network = new Network(this.random.nextLong(), this.world, this.table, this.journal, this.conditions);
		this.world.afterEach(this.journal::stepped);
		this.journal.note(this.conditions::toString);
	}

	private boolean keepsItems() {
		return this.conditions.keepsItems() || !this.conditions.tellsHolder();
	}

	/** Runs it. */
	Statistics run() {
		for (int i = 0; i < this.conditions.nodes(); i++) {
			startNode().start();
		}
		for (int i = 0; i < this.conditions.strikes(); i++) {
			in(this.random.nextLong(this.conditions.chaosNanos()), this::strike);
		}
		advance(this.conditions.chaosNanos());
		calmDown();
		comeToRest();
		leaveNothingBehind();
		outliveAHolder();
		Statistics statistics = this.journal.statistics();
		statistics.count("schedules");
		statistics.add("steps", this.world.eventsRun());
		return statistics;
	}

	private Node startNode() {
		Node node = new Node("n" + ++this.started, this.world, this.network, this.journal, this.conditions, this.keys,
				this.random.split());
		node.process().runAtRate(1 + MAX_RATE_ERROR * (2 * this.random.nextDouble() - 1));
		node.process().setWall(wallError());
		this.nodes.add(node);
		return node;
	}

	private Duration wallError() {
		long error = this.conditions.wallErrorMillis();
		return Duration.ofMillis((error > 0) ? this.random.nextLong(-error, error) : 0);
	}

	private void strike() {
		Strike strike = STRIKES.get(this.random.nextInt(STRIKES.size()));
		boolean rare = strike == Strike.DROP_TABLE && this.random.nextInt(4) > 0;
		List<Node> usable = this.nodes.stream()
			.filter((node) -> node.isUsable() && !node.process().standsStill())
			.toList();
		if (usable.isEmpty() || rare) {
			return;
		}
		this.journal.count("strikes: " + strike);
		strike(strike, usable.get(this.random.nextInt(usable.size())),
				this.keys.get(this.random.nextInt(this.keys.size())));
	}

	private void strike(Strike strike, Node node, LockKey key) {
		this.journal.note(() -> strike + " strikes " + node);
		switch (strike) {
			case KILL -> {
				node.process().kill();
				in(someTime(), () -> startNode().start());
			}
			case PAUSE -> pause(node, lessThanALease());
			case LONG_PAUSE -> pause(node, moreThanALease());
			case SUSPEND -> suspend(node);
			case SET_CLOCK -> {
				if (node.suspensions() == 0) {
					node.setClock(wallError());
				}
			}
			case CUT_OFF -> cutOff(node, lessThanALease());
			case LONG_CUT_OFF -> cutOff(node, moreThanALease());
			case THROTTLE -> impose(Fate.THROTTLED);
			case FAIL -> impose(this.random.nextBoolean() ? Fate.SERVER_ERROR : Fate.SERVER_ERROR_AFTER);
			case CLOSE -> {
				node.process().schedule(0, node::close);
				in(someTime(), () -> startNode().start());
			}
			case FORCE_RELEASE -> node.process().schedule(0, () -> node.forceRelease(key));
			case FORCE_RELEASE_AS_SEEN -> {
				long later = someTime();
				node.process().schedule(0, () -> node.forceReleaseLater(key, later));
			}
			case FOREIGN -> foreign(key);
			case TIME_TO_LIVE -> this.keys.stream().filter(this::isOldEnough).forEach((old) -> {
				this.journal.count("items that outlived their time");
				this.table.remove(old);
			});
			case DROP_TABLE -> {
				this.journal.dropped(this.keys);
				this.table.drop();
			}
		}
	}

	private void pause(Node node, long nanos) {
		node.freeze();
		in(nanos, () -> {
			if (!node.process().isDead()) {
				node.thaw();
			}
		});
	}

	/** Only where the wall clock is not set: it alone tells that time has passed. */
	private void suspend(Node node) {
		if (!node.hasSetClock()) {
			node.suspend();
			in(this.random.nextBoolean() ? someTime() : moreThanALease(), node::resume);
		}
	}

	private void cutOff(Node node, long nanos) {
		this.network.cutOff(node.process());
		in(nanos, () -> this.network.reconnect(node.process()));
	}

	private void impose(Fate fate) {
		this.network.impose(Optional.of(fate));
		in(someTime(), () -> this.network.impose(Optional.empty()));
	}

	/** The Go package takes a lock where there is no item, and removes it later. */
	private void foreign(LockKey key) {
		if (this.table.isMissing() || this.table.item(key).isPresent()) {
			return;
		}
		this.table.putForeign(key);
		in(someTime(), () -> {
			if (this.table.item(key).filter(LockRecord::isForeign).isPresent()) {
				this.table.remove(key);
			}
		});
	}

	/**
	 * The retention is longer than the clocks are wrong, and than any request is under
	 * way: one that finds no item any more would begin with a version of its own.
	 */
	private boolean isOldEnough(LockKey key) {
		long wrong = (3 * this.conditions.wallErrorMillis() + 100) * Conditions.MILLI;
		return this.journal.isFreeFor(key, wrong) && !this.network.isUnderWay(key);
	}

	/** From now on nothing goes wrong any more; what is under way arrives. */
	private void calmDown() {
		this.journal.note(() -> "The calm begins");
		this.network.heal();
		this.calmSince = this.world.nanos();
		for (Node node : this.nodes) {
			node.retire();
			if (node.process().isSuspended()) {
				node.resume();
			}
			if (node.process().standsStill() && !node.process().isDead()) {
				node.thaw();
			}
		}
		advance(3 * this.conditions.leaseNanos());
		this.nodes.forEach(Node::retire);
		// nobody is left to release the permanent locks of those who died
		Node operator = startNode();
		for (LockKey key : this.keys) {
			operator.process().schedule(0, () -> {
				if (this.table.item(key).filter((item) -> item.leaseMillis().isEmpty()).isPresent()) {
					operator.forceRelease(key);
				}
			});
		}
	}

	private void comeToRest() {
		advance(60 * this.conditions.leaseNanos());
		for (Node node : this.nodes) {
			if (!node.process().isDead() && !node.isIdle()) {
				throw new Violation("No leak", node.describe());
			}
		}
		for (LockKey key : this.keys) {
			this.table.item(key).filter(this::isOrphan).ifPresent((item) -> {
				throw new Violation("No wedge", "Nobody knows to hold " + item);
			});
		}
	}

	/**
	 * Whether a lock is held for no living caller, although its process must have known
	 * and could have released it.
	 */
	private boolean isOrphan(LockRecord item) {
		if (item.isFree() || item.leaseMillis().isEmpty()) {
			return !item.isFree();
		}
		boolean ownerLives = this.nodes.stream()
			.anyMatch((node) -> item.owner().equals(Optional.of(node.toString())) && !node.process().isDead());
		return ownerLives && this.journal.arrivedInTime(item.leaseId().orElseThrow(),
				this.calmSince - this.conditions.leaseNanos());
	}

	/** Nothing of a lease is left as soon as it has been released. */
	private void leaveNothingBehind() {
		LockKey key = this.keys.get(0);
		Node node = startNode();
		node.touch(key);
		advance(3 * this.conditions.leaseNanos());
		node.touch(key);
		advance(3 * this.network.roundTripNanos());
		if (!node.isIdle()) {
			throw new Violation("No leak", node.describe());
		}
	}

	/** Somebody waits for the lock of a holder that dies at any moment. */
	private void outliveAHolder() {
		LockKey key = this.keys.get(0);
		Node holder = startNode();
		Node heir = startNode();
		CompletableFuture<Outcome> held = heir.keep(key);
		held.cancel(false);
		CompletableFuture<Outcome> last = holder.keep(key);
		advance(this.random.nextLong(2 * this.conditions.leaseNanos()));
		long lived = last.isDone() ? this.random.nextLong(this.conditions.leaseNanos()) : 0;
		CompletableFuture<Outcome> next = heir.keep(key);
		advance(lived);
		holder.process().kill();
		long bound = (long) ((this.conditions.leaseNanos() * 1.02 + this.conditions.maxPauseNanos())
				/ (1 - MAX_RATE_ERROR)) + 3 * this.network.roundTripNanos();
		advance(bound);
		if (!(next.getNow(null) instanceof Outcome.Held)) {
			throw new Violation("No wedge",
					"The holder is dead for " + bound + " ns, and nobody has the lock: " + this.table.item(key));
		}
		heir.process().kill();
	}

	private long lessThanALease() {
		return this.random.nextLong(this.conditions.leaseNanos());
	}

	private long moreThanALease() {
		return this.conditions.leaseNanos() + this.random.nextLong(2 * this.conditions.leaseNanos());
	}

	private long someTime() {
		return this.random.nextLong(2 * this.conditions.leaseNanos());
	}

	private void in(long nanos, Runnable event) {
		this.world.in(Duration.ofNanos(nanos), event);
	}

	private void advance(long nanos) {
		this.world.advance(Duration.ofNanos(nanos));
	}

}
