package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Strike;
import io.dynlock.torture.evidence.TableWrite;
import io.dynlock.torture.evidence.Wait;
import io.dynlock.torture.evidence.Write;

/**
 * Invented evidence of one lock, in milliseconds.
 */
final class Story {

	static final String KEY = "key";

	private static final Interval RUN = time(0, 60_000);

	private final List<Write> writes = new ArrayList<>();

	private final Map<String, Long> values = new TreeMap<>();

	private final List<String> kept = new ArrayList<>();

	private final List<String> untold = new ArrayList<>();

	private final List<Wait> waits = new ArrayList<>();

	private final List<TableWrite> tableWrites = new ArrayList<>();

	private final List<Strike> strikes = new ArrayList<>();

	private final List<Interval> stalls = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	static Interval time(long from, long to) {
		return new Interval(nanos(from), nanos(to));
	}

	private static long nanos(long millis) {
		return millis * 1_000_000;
	}

	/** A section that went well, and kept a value. */
	Story section(String section, long token, long from, long to, long value) {
		return begin(section, token, from).end(section, token, to, value, true, true);
	}

	Story begin(String section, long token, long at) {
		return write(section, Write.Phase.BEGIN, token, at, this.values.getOrDefault(KEY, 0L), true, true);
	}

	/** A write in the middle of a section. */
	Story within(String section, long token, long at, boolean valid, boolean accepted) {
		return write(section, Write.Phase.WITHIN, token, at, this.values.getOrDefault(KEY, 0L), valid, accepted);
	}

	Story end(String section, long token, long at, long value, boolean valid, boolean accepted) {
		if (accepted) {
			this.values.put(KEY, value);
		}
		return write(section, Write.Phase.END, token, at, value, valid, accepted);
	}

	private Story write(String section, Write.Phase phase, long token, long at, long value, boolean valid,
			boolean accepted) {
		this.writes.add(new Write(section, KEY, phase, token, value,
				valid ? OptionalLong.of(nanos(at)) : OptionalLong.empty(), time(at, at), accepted));
		return this;
	}

	Story value(long value) {
		this.values.put(KEY, value);
		return this;
	}

	Story kept(String section) {
		this.kept.add(section);
		return this;
	}

	Story untold(String section) {
		this.untold.add(section);
		return this;
	}

	Story waited(int worker, long from, long to) {
		this.waits.add(new Wait(worker, KEY, time(from, to)));
		return this;
	}

	Story acquired(int worker, String leaseId, long at) {
		return wrote(worker, leaseId, TableWrite.Kind.ACQUIRE, at);
	}

	Story renewed(int worker, String leaseId, long at) {
		return wrote(worker, leaseId, TableWrite.Kind.RENEW, at);
	}

	private Story wrote(int worker, String leaseId, TableWrite.Kind kind, long at) {
		this.tableWrites.add(new TableWrite(worker, KEY, leaseId, kind, nanos(at)));
		return this;
	}

	Story struck(FaultKind kind, int worker, long from, long to) {
		this.strikes.add(new Strike(kind, worker, time(from, to)));
		return this;
	}

	Story stalled(long from, long to) {
		this.stalls.add(time(from, to));
		return this;
	}

	Story failed(String what) {
		this.failures.add(what);
		return this;
	}

	Evidence evidence() {
		return new Evidence(RUN, this.writes, this.values, this.kept, this.untold, this.waits, this.tableWrites,
				this.strikes, this.stalls, this.failures);
	}

}
