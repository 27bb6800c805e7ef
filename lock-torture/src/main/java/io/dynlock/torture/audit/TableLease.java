package io.dynlock.torture.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.TableWrite;

/**
 * A lock as the table has it: held by one acquisition, from its first write to its last.
 *
 * @param worker the number of the holder
 * @param key the lock
 * @param time from the acquisition to the last renewal that took effect
 */
record TableLease(int worker, String key, Interval time) {

	static List<TableLease> in(List<TableWrite> writes) {
		Map<String, TableLease> leases = new LinkedHashMap<>();
		for (TableWrite write : writes) {
			if (write.kind() != TableWrite.Kind.RELEASE) {
				leases.merge(write.leaseId(),
						new TableLease(write.worker(), write.key(), new Interval(write.at(), write.at())),
						TableLease::followedBy);
			}
		}
		return new ArrayList<>(leases.values());
	}

	private TableLease followedBy(TableLease later) {
		return new TableLease(this.worker, this.key,
				new Interval(Math.min(this.time.from(), later.time.from()), Math.max(this.time.to(), later.time.to())));
	}

}
