package io.dynlock.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.UrlResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * What an IDE knows about {@code dynlock.*}, by the rules of Spring Boot for such texts.
 */
class ConfigurationMetadataTests {

	private final List<Property> properties = read();

	@TestFactory
	Stream<DynamicTest> everyPropertyIsDocumented() {
		return this.properties.stream().map((property) -> dynamicTest(property.name(), () -> verify(property)));
	}

	private static void verify(Property property) {
		assertThat(property.name()).matches("(dynlock|management\\.(endpoint|health)\\.dynlock)\\..*");
		assertThat(property.type()).isNotBlank();
		assertThat(property.description()).isNotBlank()
			.endsWith(".")
			.doesNotStartWithIgnoringCase("the ")
			.doesNotStartWithIgnoringCase("a ")
			.doesNotStartWithIgnoringCase("an ");
		assertThat(property.description().substring(0, 1)).isUpperCase();
		if (property.type().equals("java.lang.Boolean")) {
			assertThat(property.description()).matches("(Whether|Enable) .*");
		}
		if (property.defaultValue() == null) {
			assertThat(property.description()).as("what applies when it is not set").contains(" by default");
		}
	}

	@Test
	void noneIsThereTwice() {
		assertThat(this.properties).extracting(Property::name).doesNotHaveDuplicates().hasSizeGreaterThan(25);
	}

	@Test
	void nothingIsMissingAndNothingIsThereThatTheCodeDoesNotHave() {
		assertThat(this.properties).extracting(Property::name)
			.containsExactlyInAnyOrderElementsOf(Stream.concat(
					Stream.of("dynlock.clients", "management.endpoint.dynlock.access",
							"management.endpoint.dynlock.cache.time-to-live", "management.health.dynlock.enabled"),
					Stream.of(DynlockProperties.class, DynlockClientProperties.class)
						.flatMap((type) -> names("dynlock.", type)))
				.toList());
	}

	/** An IDE that looks into the type knows what a client can be told. */
	@Test
	void aClientHasTheTypeOfTheDefaultClientsProperties() {
		assertThat(this.properties).filteredOn((property) -> property.name().equals("dynlock.clients"))
			.extracting(Property::type)
			.containsExactly("java.util.Map<java.lang.String," + DynlockClientProperties.class.getName() + ">");
	}

	private static Stream<String> names(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			return component.getType().isRecord() ? names(name + ".", component.getType()) : Stream.of(name);
		});
	}

	/** Of this module: other jars have such a file too. */
	private static List<Property> read() {
		URL module = DynlockProperties.class.getProtectionDomain().getCodeSource().getLocation();
		try {
			String json = new UrlResource(module).createRelative("META-INF/spring-configuration-metadata.json")
				.getContentAsString(StandardCharsets.UTF_8);
			List<Map<String, Object>> found = JsonPath.read(json, "$.properties");
			return found.stream().map(Property::of).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Property(String name, String type, String description, @Nullable Object defaultValue) {

		static Property of(Map<String, Object> found) {
			return new Property(text(found, "name"), text(found, "type"), text(found, "description"),
					found.get("defaultValue"));
		}

		private static String text(Map<String, Object> found, String attribute) {
			return Objects.toString(found.get(attribute), "");
		}

	}

}
