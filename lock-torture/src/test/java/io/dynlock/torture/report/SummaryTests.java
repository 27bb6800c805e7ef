package io.dynlock.torture.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.dynlock.torture.audit.Violation;
import io.dynlock.torture.evidence.Evidence;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.Interval;
import io.dynlock.torture.evidence.Strike;
import io.dynlock.torture.evidence.TableWrite;
import io.dynlock.torture.evidence.Write;
import io.dynlock.torture.proxy.TableLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTests {

	private static final Interval TIME = new Interval(0, 1_000_000_000);

	private final TableLog table = new TableLog();

	@Test
	void saysEverythingThatWasCounted() {
		this.table.wrote(new TableWrite(0, "key", "one", TableWrite.Kind.ACQUIRE, 1));
		this.table.wrote(new TableWrite(1, "key", "two", TableWrite.Kind.ACQUIRE, 2));
		this.table.befell(FaultKind.RESET);
		String text = summary().toString();
		assertThat(text).containsPattern("cycles +1\\R")
			.containsPattern("fault: killed +2\\R")
			.containsPattern("fault: frozen past the lease +0\\R")
			.containsPattern("fault: connection reset +0 times, 1 requests\\R")
			.containsPattern("fault: table out of everybody's reach +1 times, 0 requests\\R")
			.containsPattern("takeovers +1\\R")
			.containsPattern("losses +3 \\(expired 2, taken 1\\)\\R")
			.containsPattern("stale writes refused +2\\R")
			.containsPattern("machine stood still +1000 ms\\R")
			.containsPattern("violations +1\\R  wrong sum +1\\R\\Rwrong sum, key: broken");
		for (FaultKind kind : FaultKind.values()) {
			assertThat(text).contains("fault: " + kind);
		}
	}

	private Summary summary() {
		List<Write> writes = List.of(write(Write.Phase.BEGIN, true), write(Write.Phase.END, true),
				write(Write.Phase.WITHIN, false), write(Write.Phase.END, false));
		List<Strike> strikes = List.of(new Strike(FaultKind.KILLED, 0, TIME),
				new Strike(FaultKind.KILLED, 1, TIME.prolonged(1)), new Strike(FaultKind.BLACKOUT, 0, TIME),
				new Strike(FaultKind.BLACKOUT, 1, TIME));
		Evidence evidence = new Evidence(TIME, writes, Map.of(), List.of(), List.of(), List.of(), List.of(), strikes,
				List.of(TIME), List.of());
		return Summary.of("dynlock", evidence, this.table, new TreeMap<>(Map.of("expired", 2L, "taken", 1L)),
				List.of(new Violation(Violation.Kind.WRONG_SUM, "key", "broken")));
	}

	private static Write write(Write.Phase phase, boolean accepted) {
		return new Write("a", "key", phase, 1, 1, OptionalLong.empty(), TIME, accepted);
	}

}
