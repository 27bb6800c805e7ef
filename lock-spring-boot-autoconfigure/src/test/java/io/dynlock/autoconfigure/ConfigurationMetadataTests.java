package io.dynlock.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.io.UrlResource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * What an IDE knows about {@code dynlock.*}, by the rules of Spring Boot for such texts.
 */
class ConfigurationMetadataTests {

	/** Any number, duration and so on. */
	private static final List<String> OPEN = List.of("java.lang.Boolean", "java.lang.Integer", "java.time.Duration",
			"java.net.URI", "java.util.Map<");

	private final List<Property> properties = read("$.properties").stream().map(Property::of).toList();

	private final Map<String, List<Map<String, Object>>> hints = read("$.hints").stream()
		.collect(Collectors.toMap((hint) -> String.valueOf(hint.get("name")), ConfigurationMetadataTests::values));

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

	/**
	 * Whose values are few has a type that lists them; a text is one of those below,
	 * whose values are anybody's.
	 */
	@Test
	void whatHasFewValuesListsThem() {
		assertThat(this.properties).allSatisfy((property) -> {
			if (property.type().equals("java.lang.String")) {
				assertThat(property.name()).isIn("dynlock.region", "dynlock.table", "dynlock.owner",
						"dynlock.credentials.access-key", "dynlock.credentials.secret-key",
						"dynlock.credentials.session-token", "dynlock.credentials.profile");
			}
			else {
				assertThat(isEnum(property.type()) || OPEN.stream().anyMatch(property.type()::startsWith))
					.as(property.name() + " of " + property.type())
					.isTrue();
			}
		});
		assertThat(this.properties).filteredOn((property) -> isEnum(property.type()))
			.extracting(Property::name)
			.contains("dynlock.lease.mode", "dynlock.lease.on-loss", "dynlock.release-mode",
					"dynlock.table-creation.mode");
	}

	private static boolean isEnum(String type) {
		return ClassUtils.isPresent(type, null) && ClassUtils.resolveClassName(type, null).isEnum();
	}

	/** In the description it reads "0 for ever", "0 for not at all" and the like. */
	@Test
	void aValueWithAMeaningOfItsOwnIsHinted() {
		assertThat(this.properties).filteredOn((property) -> property.description().contains("; 0 for "))
			.extracting(Property::name)
			.containsExactlyInAnyOrderElementsOf(this.hints.keySet());
	}

	@Test
	void hintsCanBeConvertedAndAreDescribed() {
		Map<String, String> types = this.properties.stream().collect(Collectors.toMap(Property::name, Property::type));
		this.hints.forEach((name, values) -> assertThat(values).as(name).isNotEmpty().allSatisfy((value) -> {
			Class<?> type = ClassUtils.resolveClassName(String.valueOf(types.get(name)), null);
			assertThat(ApplicationConversionService.getSharedInstance().convert(value.get("value"), type)).isNotNull();
			assertThat(value.get("description")).asString().endsWith(".");
		}));
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

	private static List<Map<String, Object>> values(Map<String, Object> hint) {
		return JsonPath.read(hint, "$.values");
	}

	private static Stream<String> names(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			return component.getType().isRecord() ? names(name + ".", component.getType()) : Stream.of(name);
		});
	}

	/** Of this module: other jars have such a file too. */
	private static List<Map<String, Object>> read(String path) {
		URL module = DynlockProperties.class.getProtectionDomain().getCodeSource().getLocation();
		try {
			String json = new UrlResource(module).createRelative("META-INF/spring-configuration-metadata.json")
				.getContentAsString(StandardCharsets.UTF_8);
			return JsonPath.read(json, path);
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
