package io.dynlock.simulation.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Loss;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.Tenure;
import io.dynlock.simulation.ModelTable;
import io.dynlock.simulation.SimulatedTime;

/**
 * What truly happens in the world of one schedule, as nobody in it can know.
 */
final class Journal {

	private static final long MAX_DELAY_OF_NEWS = Conditions.MILLI;

	private final SimulatedTime world;

	private final ModelTable table;

	private final List<Invariant> invariants;

	private final Statistics statistics = new Statistics();

	private final boolean traced;

	private final List<Claim> claims = new ArrayList<>();

	/** The leases that ended in the table, by whatever means. */
	private final Set<String> gone = new HashSet<>();

	/** The leases that somebody else ended on purpose. */
	private final Set<String> overridden = new HashSet<>();

	private final Map<LockKey, Long> freeSince = new HashMap<>();

	/** When leases came into the table whose acquirers still waited to know. */
	private final Map<String, Long> arrivals = new HashMap<>();

	private Optional<Throwable> failure = Optional.empty();

	Journal(SimulatedTime world, ModelTable table, List<Invariant> invariants, boolean traced) {
		this.world = world;
		this.table = table;
		this.invariants = invariants;
		this.traced = traced;
	}

	Statistics statistics() {
		return this.statistics;
	}

	void count(String what) {
		this.statistics.count(what);
	}

	void note(Supplier<String> what) {
		if (this.traced) {
			System.out.printf("%14.6f  %s%n", this.world.nanos() / 1e9, what.get());
		}
	}

	/** The times with locks that nobody has given back and nobody was seen to lose. */
	List<Claim> claims() {
		return this.claims;
	}

	boolean isOverridden(Claim claim) {
		return this.overridden.contains(claim.leaseId());
	}

	/** Whether somebody else was granted the lock later. */
	boolean isOvertaken(Claim claim) {
		int index = this.claims.indexOf(claim);
		return index >= 0 && this.claims.subList(index + 1, this.claims.size())
			.stream()
			.anyMatch((other) -> other.key().equals(claim.key()) && !isOverridden(other));
	}

	/** Whether a lease ended in the table at some time. */
	boolean isGone(String leaseId) {
		return this.gone.contains(leaseId);
	}

	/** Whether the process of a claim has run for long enough to know what it should. */
	boolean shouldKnow(Claim claim) {
		return !claim.wasSuspended() && !claim.node().process().standsStill()
				&& this.world.nanos() - claim.node().runningSince() > MAX_DELAY_OF_NEWS;
	}

	/**
	 * Keeps what went wrong, since it may have happened where it is caught.
	 * @param thrown what was thrown
	 */
	void failed(Throwable thrown) {
		if (this.failure.isEmpty()) {
			this.failure = Optional.of(thrown);
		}
	}

	void stepped() {
		if (this.failure.isEmpty()) {
			guarded(() -> this.invariants.forEach((invariant) -> invariant.stepped(this)));
		}
		this.failure.ifPresent((thrown) -> {
			if (thrown instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException(thrown);
		});
		this.claims.removeIf((claim) -> claim.isEnded() || claim.node().process().isDead());
	}

	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (Violation violation) {
			failed(violation);
		}
	}

	Claim granted(Node node, Tenure tenure) {
		Claim claim = new Claim(node, tenure, this);
		note(() -> node + " is granted " + claim);
		count((tenure.handOns() > 0) ? "hand-ons" : "grants");
		guarded(() -> this.invariants.forEach((invariant) -> invariant.granted(claim, this)));
		this.claims.add(claim);
		return claim;
	}

	void told(Claim claim, Loss loss) {
		note(() -> claim.node() + " is told of the loss of " + claim + ": " + loss.cause());
		count("losses: " + loss.cause());
		guarded(() -> this.invariants.forEach((invariant) -> invariant.told(claim, loss, this)));
	}

	/**
	 * A request has reached the table and was carried out.
	 * @param request the request
	 * @param before what stood there
	 * @param answer what its sender will be told, if it is
	 * @param straggles whether its sender had an answer before, or gave up
	 * @param forced whether it ends somebody's lease on purpose
	 */
	void carriedOut(Request request, Optional<LockRecord> before, Answer answer, boolean straggles, boolean forced) {
		guarded(() -> this.invariants.forEach((invariant) -> invariant.answered(request, before, answer)));
		if (request instanceof Request.Acquire acquire && answer instanceof Answer.Written) {
			if (straggles) {
				this.arrivals.remove(acquire.leaseId());
			}
			else {
				this.arrivals.put(acquire.leaseId(), this.world.nanos());
			}
		}
		Optional<LockRecord> after = this.table.item(request.key());
		if (before.equals(after)) {
			return;
		}
		note(() -> request + ": " + before.map(Journal::inShort) + " -> " + after.map(Journal::inShort));
		guarded(() -> this.invariants.forEach((invariant) -> invariant.changed(request, before, after)));
		before.flatMap(LockRecord::leaseId)
			.filter((id) -> after.filter((item) -> item.isHeldBy(id)).isEmpty())
			.ifPresent((id) -> ended(id, forced));
		if (request instanceof Request.Acquire acquire
				&& before.flatMap(LockRecord::leaseId).filter((id) -> !id.equals(acquire.leaseId())).isPresent()) {
			count("takeovers");
		}
		if (after.filter(LockRecord::isFree).isPresent()) {
			this.freeSince.put(request.key(), this.world.nanos());
		}
	}

	private static String inShort(LockRecord item) {
		return item.leaseId().orElse("free") + "/" + item.version();
	}

	private void ended(String leaseId, boolean forced) {
		this.gone.add(leaseId);
		if (forced) {
			this.overridden.add(leaseId);
		}
	}

	/**
	 * Whether a lease came into the table after that, and its acquirer waited to know.
	 */
	boolean arrivedInTime(String leaseId, long nanos) {
		return this.arrivals.getOrDefault(leaseId, Long.MIN_VALUE) > nanos;
	}

	/** Whether an item has been free for so long. */
	boolean isFreeFor(LockKey key, long nanos) {
		return this.table.item(key).filter(LockRecord::isFree).isPresent()
				&& this.world.nanos() - this.freeSince.getOrDefault(key, this.world.nanos()) >= nanos;
	}

	/** Somebody deletes the table, and with it every lock. */
	void dropped(List<LockKey> keys) {
		keys.forEach((key) -> this.table.item(key).flatMap(LockRecord::leaseId).ifPresent((id) -> ended(id, true)));
		this.invariants.forEach(Invariant::dropped);
	}

}
