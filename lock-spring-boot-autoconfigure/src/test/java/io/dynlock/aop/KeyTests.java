package io.dynlock.aop;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.dynlock.DistributedLockOperations;
import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.LockTest;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@LockTest
@TestPropertySource(properties = { "test.name=orders", "test.stage=blue" })
class KeyTests {

	@Autowired
	private Keys keys;

	@Autowired
	private DistributedLockOperations locks;

	@Test
	void nameAlone() {
		assertThat(this.keys.nameAlone()).isEqualTo("only");
	}

	@Test
	void nameAndArgument() {
		assertThat(this.keys.argument("eu", 17L)).isEqualTo("order:17");
	}

	@Test
	void argumentByPosition() {
		assertThat(this.keys.position("eu", "17")).isEqualTo("order:eu/17");
	}

	@Test
	void propertyOfAnArgument() {
		assertThat(this.keys.property(Map.of("id", "17"))).isEqualTo("order:17");
	}

	@Test
	void whatTheRootKnows() {
		assertThat(this.keys.root("first")).isEqualTo("root:root/Keys/keys/first");
	}

	@Test
	void beans() {
		assertThat(this.keys.bean()).isEqualTo("tenant:acme");
	}

	@Test
	void placeholders() {
		assertThat(this.keys.placeholders("17")).isEqualTo("orders-v1:blue-17");
	}

	@Test
	void fixedText() {
		assertThat(this.keys.fixed()).isEqualTo("fixed:text");
	}

	@Test
	void controlCharactersAreKept() {
		assertThat(this.keys.anything("a\tb")).isEqualTo("any:a\tb");
	}

	@Test
	void theNameInMetricsHasNoKey() {
		assertThat(this.keys.nameInMetrics("17")).isEqualTo("measured");
	}

	@ParameterizedTest
	@MethodSource("simpleValues")
	void simpleValuesAreWrittenAsText(Object value, String text) {
		assertThat(this.keys.anything(value)).isEqualTo("any:" + text);
	}

	static List<Object[]> simpleValues() {
		UUID uuid = UUID.randomUUID();
		return List.of(new Object[] { 17, "17" }, new Object[] { -3.5, "-3.5" }, new Object[] { true, "true" },
				new Object[] { 'c', "c" }, new Object[] { uuid, uuid.toString() },
				new Object[] { Stage.GREEN, "GREEN" }, new Object[] { Stage.RED, "RED" },
				new Object[] { URI.create("urn:x"), "urn:x" }, new Object[] { LocalDate.of(2026, 11, 1), "2026-11-01" },
				new Object[] { Locale.GERMANY, "de_DE" });
	}

	@Nested
	class Refusals {

		@Test
		void nothing() {
			assertThatRefused(null).withMessageContaining(
					"The expression '#value' of @WithDistributedLock on Keys.anything() gives null (if it names an argument:"
							+ " compile with -parameters)");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "  ", "\t\n" })
		void blankText(String blank) {
			assertThatRefused(blank).withMessageContaining("'#value' of @WithDistributedLock on Keys.anything()")
				.withMessageContaining("gives a blank text");
		}

		@Test
		void objectsWithoutADefiniteText() {
			assertThatRefused(new Object()).withMessageContaining("gives a java.lang.Object")
				.withMessageContaining("name a property of it, such as its id");
			assertThatRefused(List.of("a")).withMessageContaining("whose text need not be the same in every process");
			assertThatRefused(Optional.of("a")).withMessageContaining("java.util.Optional");
			assertThatRefused(new String[] { "a" }).withMessageContaining("name a property of it");
		}

		@Test
		void keysThatDynamoDbCannotStore() {
			assertThatRefused("x".repeat(1025)).withMessageContaining("DynamoDB allows 1024");
		}

		@Test
		void expressionsThatFail() {
			assertThatIllegalArgumentException().isThrownBy(() -> KeyTests.this.keys.missingProperty())
				.withMessageContaining(
						"The expression '@tenants.nobody' of @WithDistributedLock on Keys.missingProperty()"
								+ " cannot be evaluated");
			assertThatIllegalArgumentException().isThrownBy(() -> KeyTests.this.keys.property(Map.of()))
				.withMessageContaining("gives null");
		}

		private ThrowableAssertAlternative<IllegalArgumentException> assertThatRefused(@Nullable Object value) {
			int before = Keys.calls;
			try {
				return assertThatIllegalArgumentException().isThrownBy(() -> KeyTests.this.keys.anything(value));
			}
			finally {
				assertThat(Keys.calls).isEqualTo(before);
				assertThat(KeyTests.this.locks.list()).isEmpty();
			}
		}

	}

	enum Stage {

		GREEN,

		RED {

			@Override
			public String toString() {
				return "a constant with a body and a text of its own";
			}

		}

	}

	static class Keys {

		private static int calls;

		@WithDistributedLock(name = "only")
		public String nameAlone() {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "order", key = "#id")
		public String argument(String region, long id) {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "order", key = "#p0 + '/' + #a1")
		public String position(String region, String id) {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "order", key = "#order['id']")
		public String property(Map<String, String> order) {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "root",
				key = "#root.method.name + '/' + #root.targetClass.simpleName + '/' + #root.target.prefix() + '/'"
						+ " + #root.args[0]")
		public String root(String argument) {
			return LockContext.current().key();
		}

		public String prefix() {
			return "keys";
		}

		@WithDistributedLock(name = "tenant", key = "@tenants.current()")
		public String bean() {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "tenant", key = "@tenants.nobody")
		public void missingProperty() {
		}

		@WithDistributedLock(name = "${test.name}-${test.version:v1}", key = "'${test.stage}-' + #id")
		public String placeholders(String id) {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "fixed", key = "'text'")
		public String fixed() {
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "any", key = "#value")
		public String anything(@Nullable Object value) {
			calls++;
			return LockContext.current().key();
		}

		@WithDistributedLock(name = "measured", key = "#id")
		public String nameInMetrics(String id) {
			return LockContext.current().name();
		}

	}

	public static class Tenants {

		public String current() {
			return "acme";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Keys keys() {
			return new Keys();
		}

		@Bean
		Tenants tenants() {
			return new Tenants();
		}

	}

}
