package io.dynlock.sample.readme;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the README against the code.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern SHELL = Pattern.compile("```shell\n(mvn .*?)\n```", Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern.compile("^\\| `([a-z.-]+)` \\|([^|]*)\\| [^|]+ \\|$",
			Pattern.MULTILINE);

	@Test
	void javaSnippetsAreCompiled() throws IOException {
		Path folder = Path.of("src/test/java/io/dynlock/sample/readme");
		String snippets = normalised(Files.readString(folder.resolve("ReadmeSnippets.java"))
				+ Files.readString(folder.resolve("TestingYourCodeTests.java")));
		List<String> shown = JAVA.matcher(readme()).results().map((match) -> normalised(match.group(1))).toList();
		assertThat(shown).hasSizeGreaterThan(4).allSatisfy((snippet) -> assertThat(snippets).contains(snippet));
	}

	@Test
	void continuousIntegrationRunsTheTestCommand() throws IOException {
		String ci = Files.readString(ROOT.resolve(".ci/run"));
		List<String> commands = SHELL.matcher(readme()).results().map((match) -> match.group(1)).toList();
		assertThat(commands).hasSize(2).anySatisfy((command) -> assertThat(ci).contains(command));
	}

	@Test
	void everyPropertyIsListedWithItsDefault() throws IOException {
		Map<String, String> listed = new LinkedHashMap<>();
		PROPERTY.matcher(readme().substring(readme().indexOf("## Properties"), readme().indexOf("## Meters")))
			.results()
			.forEach((row) -> listed.put("dynlock." + row.group(1), defaultIn(row)));
		Map<String, JsonNode> metadata = metadata();
		assertThat(listed.keySet()).containsExactlyInAnyOrderElementsOf(metadata.keySet());
		assertThat(listed).allSatisfy((name, value) -> {
			JsonNode expected = metadata.get(name).get("defaultValue");
			if (expected != null && !expected.isArray()) {
				assertThat(value).as(name).isEqualTo(expected.asString());
			}
		});
	}

	private static String defaultIn(MatchResult row) {
		return row.group(2).strip().replaceAll("^`([^`]*)`.*", "$1");
	}

	private static Map<String, JsonNode> metadata() throws IOException {
		Map<String, JsonNode> properties = new LinkedHashMap<>();
		ClassLoader loader = ReadmeTests.class.getClassLoader();
		for (URL resource : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = resource.openStream()) {
				JsonMapper.builder().build().readTree(json).get("properties").forEach((property) -> {
					String name = property.get("name").asString();
					if (name.startsWith("dynlock.")) {
						properties.put(name, property);
					}
				});
			}
		}
		return properties;
	}

	private static String readme() throws IOException {
		return Files.readString(ROOT.resolve("README.md"));
	}

	private static String normalised(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

}
