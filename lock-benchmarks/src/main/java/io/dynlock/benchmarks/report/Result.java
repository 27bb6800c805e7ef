package io.dynlock.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * What a scenario showed.
 *
 * @param tables the figures
 * @param targets what had to be shown
 * @param charts plots, by a name for their files
 * @param notes what a reader must know
 */
public record Result(List<Table> tables, List<Target> targets, Map<String, ? extends Chart> charts,
		List<String> notes) {

}
