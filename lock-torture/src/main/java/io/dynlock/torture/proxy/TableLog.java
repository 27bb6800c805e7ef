package io.dynlock.torture.proxy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.TableWrite;

/**
 * What went through all proxies, every write of it. Thread-safe.
 */
public final class TableLog implements Traffic {

	private final List<TableWrite> writes = new ArrayList<>();

	private final Map<FaultKind, LongAdder> befallen = new EnumMap<>(FaultKind.class);

	private final Map<String, String> holders = new HashMap<>();

	private long takeovers;

	/** A log with nothing in it. */
	public TableLog() {
		for (FaultKind kind : FaultKind.values()) {
			this.befallen.put(kind, new LongAdder());
		}
	}

	@Override
	public synchronized void wrote(TableWrite write) {
		this.writes.add(write);
		if (write.kind() == TableWrite.Kind.RELEASE) {
			this.holders.remove(write.key(), write.leaseId());
		}
		else if (write.kind() == TableWrite.Kind.ACQUIRE) {
			String before = this.holders.put(write.key(), write.leaseId());
			this.takeovers += (before != null && !before.equals(write.leaseId())) ? 1 : 0;
		}
	}

	@Override
	public void befell(FaultKind kind) {
		this.befallen.getOrDefault(kind, new LongAdder()).increment();
	}

	/** The writes that took effect. */
	public synchronized List<TableWrite> writes() {
		return List.copyOf(this.writes);
	}

	/** How often a lock was acquired that nobody had released. */
	public synchronized long takeovers() {
		return this.takeovers;
	}

	/** How many requests a fault befell. */
	public long befallen(FaultKind kind) {
		return this.befallen.getOrDefault(kind, new LongAdder()).sum();
	}

}
