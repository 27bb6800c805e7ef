package io.dynlock.internal.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LockKeyTests {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n" })
	void mustNotBeBlank(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> new LockKey(key)).withMessageContaining("is blank");
	}

	@ParameterizedTest
	@CsvSource({ "x, 1024", "\u00e4, 512", "\u20ac, 341", "\ud83d\udd12, 256" })
	void isAsLongAsDynamoDbCanStore(String character, int times) {
		assertThat(new LockKey(character.repeat(times)).value()).hasSize(times * character.length());
		assertThatIllegalArgumentException().isThrownBy(() -> new LockKey(character.repeat(times + 1)))
			.withMessageContaining("bytes of UTF-8; DynamoDB allows 1024");
	}

	@Test
	void isText() {
		assertThatIllegalArgumentException().isThrownBy(() -> new LockKey("a\ud83d"))
			.withMessageContaining("'a\\ud83d' has half of a surrogate pair");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "\"plain \u00e4\u20ac\ud83d\udd12\", \"plain \u00e4\u20ac\ud83d\udd12\"",
					"\"a\nb\tc\", a\\u000ab\\u0009c", "\"\u202eright to left\", \"\\u202eright to left\"",
					"\"two\u2028lines\u2029\", two\\u2028lines\\u2029", "\"soft\u00adhyphen\", soft\\u00adhyphen" })
	void isShownSoThatItForgesNothing(String key, String shown) {
		assertThat(new LockKey(key)).hasToString(shown);
		assertThat(new LockKey(key).value()).isEqualTo(key);
	}

}
