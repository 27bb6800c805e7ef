package io.dynlock.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.TableFailure;
import org.jspecify.annotations.Nullable;

/**
 * The table on its server: one item per lock, and for every request the condition and the
 * effect that {@code DynamoDbLockTable} gives it. Processes reach it through a
 * {@link TableConnection}, which is where things go wrong.
 */
public final class ModelTable {

	private final Map<LockKey, List<Optional<LockRecord>>> history = new HashMap<>();

	private final boolean keepsItems;

	private final boolean tellsHolder;

	private boolean missing;

	private ModelTable(boolean keepsItems, boolean tellsHolder) {
		this.keepsItems = keepsItems;
		this.tellsHolder = tellsHolder;
	}

	/** A table whose items stay when their locks are released. */
	public static ModelTable retaining() {
		return new ModelTable(true, true);
	}

	/** A table from which a release deletes the item. */
	public static ModelTable deleting() {
		return new ModelTable(false, true);
	}

	/** A table on a server that does not return the item when it refuses a write. */
	public static ModelTable tellingNoHolder() {
		return new ModelTable(true, false);
	}

	/**
	 * Connects a process.
	 * @param process where the requests come from
	 */
	public TableConnection connect(SimulatedProcess process) {
		return new TableConnection(this, process);
	}

	/**
	 * What stands in the table.
	 * @param key the lock
	 */
	public synchronized Optional<LockRecord> item(LockKey key) {
		return itemAgo(key, 0);
	}

	/**
	 * What an eventually consistent read may find.
	 * @param key the lock
	 * @param changes how many changes of the item it does not know of yet
	 */
	public synchronized Optional<LockRecord> itemAgo(LockKey key, int changes) {
		List<Optional<LockRecord>> states = this.history.getOrDefault(key, List.of());
		int index = states.size() - 1 - changes;
		return (index >= 0) ? states.get(index) : Optional.empty();
	}

	/**
	 * The Go package takes a lock: puts an item that has nothing but its key.
	 * @param key the lock
	 */
	public synchronized void putForeign(LockKey key) {
		put(new LockRecord(key, Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty(),
				OptionalLong.empty(), Optional.empty()));
	}

	/**
	 * The item vanishes: the Go package releases its lock, or DynamoDB removes a free one
	 * that has expired.
	 * @param key the lock
	 */
	public synchronized void remove(LockKey key) {
		change(key, Optional.empty());
	}

	/** Somebody deletes the table. */
	public synchronized void drop() {
		this.missing = true;
		this.history.clear();
	}

	/** Whether somebody deleted the table. */
	public synchronized boolean isMissing() {
		return this.missing;
	}

	/**
	 * Carries out a request.
	 * @param request what is asked
	 * @param wallMillis the wall clock of whoever asks
	 * @return what it answers
	 */
	public synchronized Answer apply(Request request, long wallMillis) {
		if (request instanceof Request.Prepare) {
			this.missing = false;
			return new Answer.Written(0);
		}
		if (this.missing) {
			return new Answer.Failed(new TableFailure(TableFailure.Kind.NO_TABLE, "The table does not exist"));
		}
		if (request instanceof Request.Acquire acquire) {
			return acquire(acquire, wallMillis);
		}
		if (request instanceof Request.Renew renew) {
			return renew(renew);
		}
		if (request instanceof Request.MakePermanent makePermanent) {
			return makePermanent(makePermanent);
		}
		if (request instanceof Request.Release release) {
			return release(release);
		}
		if (request instanceof Request.ReleaseForeign release) {
			return releaseForeign(release);
		}
		return new Answer.Found(item(request.key()));
	}

	private Answer acquire(Request.Acquire acquire, long wallMillis) {
		@Nullable LockRecord item = item(acquire.key()).orElse(null);
		boolean allowed = item == null || item.isFree() || item.isHeldBy(acquire.leaseId())
				|| acquire.runOut()
					.filter((runOut) -> item.isHeldBy(runOut.leaseId())
							&& item.version().equals(OptionalLong.of(runOut.version())))
					.isPresent();
		if (!allowed) {
			return refused(acquire.key());
		}
		long version = ((item == null) ? wallMillis : item.version().orElse(wallMillis)) + 1;
		put(new LockRecord(acquire.key(), Optional.of(acquire.leaseId()), Optional.of(acquire.owner()),
				OptionalLong.of(acquire.leaseMillis()), OptionalLong.of(version), OptionalLong.of(wallMillis),
				acquire.note()));
		return new Answer.Written(version);
	}

	private Answer renew(Request.Renew renew) {
		Optional<LockRecord> mine = item(renew.key()).filter((item) -> item.isHeldBy(renew.leaseId()));
		if (mine.isEmpty()) {
			return refused(renew.key());
		}
		put(with(mine.get(), renew.leaseId(), mine.get().leaseMillis()));
		return new Answer.Written(0);
	}

	private Answer makePermanent(Request.MakePermanent lock) {
		Optional<LockRecord> mine = item(lock.key())
			.filter((item) -> item.isHeldBy(lock.leaseId()) || item.isHeldBy(lock.permanentId()));
		if (mine.isEmpty()) {
			return refused(lock.key());
		}
		put(with(mine.get(), lock.permanentId(), OptionalLong.empty()));
		return new Answer.Written(0);
	}

	private Answer release(Request.Release release) {
		Optional<LockRecord> mine = item(release.key()).filter((item) -> item.isHeldBy(release.leaseId()));
		if (mine.isEmpty()) {
			return new Answer.Refused(Optional.empty());
		}
		if (this.keepsItems) {
			put(new LockRecord(release.key(), Optional.empty(), Optional.empty(), OptionalLong.empty(),
					mine.get().version(), OptionalLong.empty(), Optional.empty()));
		}
		else {
			remove(release.key());
		}
		return new Answer.Written(0);
	}

	private Answer releaseForeign(Request.ReleaseForeign release) {
		Optional<LockRecord> item = item(release.key());
		if (item.filter(LockRecord::isForeign).isEmpty()) {
			return new Answer.Refused(Optional.empty());
		}
		remove(release.key());
		return new Answer.Written(0);
	}

	private Answer refused(LockKey key) {
		return new Answer.Refused(this.tellsHolder ? item(key) : Optional.empty());
	}

	/** The next version of a held item. */
	private static LockRecord with(LockRecord item, String leaseId, OptionalLong leaseMillis) {
		return new LockRecord(item.key(), Optional.of(leaseId), item.owner(), leaseMillis,
				OptionalLong.of(item.version().orElseThrow() + 1), item.acquiredAt(), item.note());
	}

	private void put(LockRecord item) {
		change(item.key(), Optional.of(item));
	}

	private void change(LockKey key, Optional<LockRecord> item) {
		this.history.computeIfAbsent(key, (absent) -> new ArrayList<>()).add(item);
	}

}
