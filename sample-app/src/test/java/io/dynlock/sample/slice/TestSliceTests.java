package io.dynlock.sample.slice;

import java.util.Arrays;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of one layer of an application does not pay for locks.
 */
@TestPropertySource(properties = "dynlock.embedded.port=0")
class TestSliceTests {

	private static boolean hasLocks(ApplicationContext context) {
		return Arrays.stream(context.getBeanDefinitionNames()).anyMatch((name) -> name.contains("ynlock"));
	}

	@Nested
	@WebMvcTest
	class Web {

		@Test
		void hasNoLocks(@Autowired ApplicationContext context) {
			assertThat(hasLocks(context)).isFalse();
		}

	}

	@Nested
	@JsonTest
	class Json {

		@Test
		void hasNoLocks(@Autowired ApplicationContext context) {
			assertThat(hasLocks(context)).isFalse();
		}

	}

	/** That the tests above would notice. */
	@Nested
	@SpringBootTest
	class Whole {

		@Test
		void hasLocks(@Autowired ApplicationContext context) {
			assertThat(TestSliceTests.hasLocks(context)).isTrue();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
