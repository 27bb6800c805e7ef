package io.dynlock.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.LockOptions;
import io.dynlock.testing.MovedAutoConfigurations;
import io.dynlock.testing.SharedDynamoDb;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Holds the dashboard against what Prometheus scrapes of an application that uses locks.
 */
@Timeout(60)
class GrafanaDashboardTests {

	private static final Pattern SAMPLE = Pattern.compile("^(dynlock_[a-z_]+)\\{([^}]*)}", Pattern.MULTILINE);

	private static final Pattern SELECTOR = Pattern.compile("(dynlock_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"");

	private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

	/** The labels of each metric that was scraped. */
	private static final Map<String, Set<String>> scraped = new TreeMap<>();

	private final String dashboard = read();

	@BeforeAll
	static void useLocks() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		SharedDynamoDb.contextRunner()
			.withConfiguration(MovedAutoConfigurations.metrics())
			.withBean(PrometheusMeterRegistry.class, () -> registry)
			.withPropertyValues("management.metrics.distribution.percentiles-histogram.dynlock.acquire=true",
					"management.metrics.distribution.slo.dynlock.hold=10ms,1s")
			.run((context) -> {
				DistributedLockTemplate locks = context.getBean(DistributedLockTemplate.class);
				LockOptions options = locks.options().toBuilder().name("orders").waitTimeout(Duration.ZERO).build();
				try (Lease lease = locks.acquire("renewed", options)) {
					lease.renew();
					assertThat(locks.tryAcquire("renewed", options)).isEmpty();
				}
				locks.acquire("lost", options);
				locks.forceRelease("lost");
				Awaitility.await().until(() -> registry.scrape().contains("dynlock_lost_total"));
				scrape(registry.scrape());
			});
	}

	private static void scrape(String text) {
		SAMPLE.matcher(text).results().forEach((sample) -> {
			Set<String> labels = scraped.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
			labels(sample.group(2)).forEach(labels::add);
		});
	}

	private static Stream<String> labels(String selector) {
		return LABEL.matcher(selector).results().map((match) -> match.group(1));
	}

	private static String read() {
		try {
			return Files.readString(Path.of("../docs/grafana/dynlock.json"));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@TestFactory
	Stream<DynamicTest> everyQueryIsAnswered() {
		List<String> queries = JsonPath.read(this.dashboard, "$.panels[*].targets[*].expr");
		assertThat(queries).hasSizeGreaterThanOrEqualTo(10);
		return queries.stream().map((query) -> dynamicTest(query, () -> verify(query)));
	}

	@TestFactory
	Stream<DynamicTest> everyVariableHasValues() {
		List<String> queries = JsonPath.read(this.dashboard, "$.templating.list[*].query.query");
		assertThat(queries).hasSize(2);
		return queries.stream().map((query) -> dynamicTest(query, () -> {
			Matcher matcher = Pattern.compile("label_values\\((\\w+), (\\w+)\\)").matcher(query);
			assertThat(matcher.matches()).isTrue();
			assertThat(scraped.get(matcher.group(1))).as(matcher.group(1)).contains(matcher.group(2));
		}));
	}

	private static void verify(String query) {
		List<MatchResult> selectors = SELECTOR.matcher(query).results().toList();
		assertThat(selectors).isNotEmpty();
		for (MatchResult selector : selectors) {
			Set<String> labels = scraped.get(selector.group(1));
			assertThat(labels).as(selector.group(1)).isNotNull();
			assertThat(labels).containsAll(labels(selector.group(2)).toList());
			GROUPING.matcher(query)
				.results()
				.flatMap((grouping) -> Stream.of(grouping.group(1).split(",\\s*", -1)))
				.forEach((label) -> assertThat(labels).contains(label));
		}
	}

	@Test
	void everyMeterIsShown() {
		assertThat(scraped.keySet()).extracting((name) -> name.replaceAll("_(bucket|count|max|sum)$", ""))
			.allSatisfy((meter) -> assertThat(this.dashboard).contains(meter));
	}

	@Test
	void theDataSourceIsChosenByWhoImportsIt() {
		List<String> sources = JsonPath.read(this.dashboard, "$.panels[*]..datasource.uid");
		assertThat(sources).isNotEmpty().containsOnly("${datasource}");
		List<String> variables = JsonPath.read(this.dashboard, "$.templating.list[?(@.type == 'datasource')].query");
		assertThat(variables).containsExactly("prometheus");
	}

	/** By Spring Boot's own properties. */
	@Test
	void objectivesBecomeBuckets() {
		assertThat(scraped).containsKeys("dynlock_acquire_seconds_bucket", "dynlock_hold_seconds_bucket");
		assertThat(scraped).doesNotContainKey("dynlock_renew_seconds_bucket");
	}

}
