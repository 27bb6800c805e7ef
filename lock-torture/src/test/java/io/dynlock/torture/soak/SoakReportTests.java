package io.dynlock.torture.soak;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SoakReportTests {

	@Test
	void aLevelHeapAndNoFailurePass() {
		assertThat(report(Collections.nCopies(9, new Sample(20_000_000, 30)), List.of()).violations()).isEmpty();
	}

	@Test
	void aHeapThatGrowsIsAViolation() {
		List<Sample> samples = IntStream.range(0, 9)
			.mapToObj((i) -> new Sample(20_000_000 + i * SoakReport.HEAP_MARGIN_BYTES / 5, 30))
			.toList();
		assertThat(report(samples, List.of()).violations()).containsExactly("The heap grows");
	}

	@Test
	void threadsThatGrowAreAViolation() {
		List<Sample> samples = IntStream.range(0, 9).mapToObj((i) -> new Sample(20_000_000, 30 + 2 * i)).toList();
		assertThat(report(samples, List.of()).violations()).containsExactly("The number of threads grows");
	}

	@Test
	void saysEverythingThatWasCounted() {
		String text = report(Collections.nCopies(9, new Sample(20_480_000, 30)), List.of("execute: broken")).toString();
		assertThat(text).containsPattern("cycles +7\\R +acquire +3\\R +execute +4")
			.containsPattern("failures that were provoked +5\\R +timeout +5")
			.containsPattern("keys used once +6")
			.containsPattern("times cut off +2")
			.containsPattern("heap, first and last third +20000 KiB, 20000 KiB")
			.containsPattern("threads, first and last third +30, 30")
			.containsPattern("violations +1\\R\\Rexecute: broken");
	}

	private static SoakReport report(List<Sample> samples, List<String> broken) {
		return new SoakReport("dynlock", new TreeMap<>(Map.of("execute", 4L, "acquire", 3L)), Map.of("timeout", 5L), 2,
				6, samples, broken);
	}

}
