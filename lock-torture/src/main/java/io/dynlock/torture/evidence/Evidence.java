package io.dynlock.torture.evidence;

import java.util.List;
import java.util.Map;

/**
 * Everything that was seen during a run.
 *
 * @param run from when all workers were at work until they were told to finish
 * @param writes to the guarded resource, in the order in which it worked on them
 * @param values what the resource has kept in the end, by key
 * @param kept the sections of which workers were told that their value was kept
 * @param untold the sections that were refused, and whose lease was said to be valid even
 * afterwards
 * @param waits for locks
 * @param tableWrites to the lock table
 * @param strikes at workers
 * @param stalls when the machine stood still
 * @param failures what no worker should meet
 */
public record Evidence(Interval run, List<Write> writes, Map<String, Long> values, List<String> kept,
		List<String> untold, List<Wait> waits, List<TableWrite> tableWrites, List<Strike> strikes,
		List<Interval> stalls, List<String> failures) {

}
