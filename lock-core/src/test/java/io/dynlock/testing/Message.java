package io.dynlock.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A line between two processes: a word, and values by name.
 *
 * @param word what it is about
 * @param values texts without tabs or line breaks
 */
public record Message(String word, Map<String, String> values) {

	/**
	 * A message without values.
	 * @param word what it is about
	 */
	public Message(String word) {
		this(word, Map.of());
	}

	/**
	 * This message with one value more.
	 * @param name its name
	 * @param value its text
	 */
	public Message with(String name, Object value) {
		Map<String, String> more = new TreeMap<>(this.values);
		more.put(name, value.toString());
		return new Message(this.word, more);
	}

	/**
	 * A value.
	 * @param name its name
	 * @throws IllegalArgumentException if there is none
	 */
	public String text(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("No value '" + name + "' in " + this);
		}
		return value;
	}

	/**
	 * A whole number.
	 * @param name its name
	 */
	public long number(String name) {
		return Long.parseLong(text(name));
	}

	/**
	 * A number.
	 * @param name its name
	 */
	public double real(String name) {
		return Double.parseDouble(text(name));
	}

	/**
	 * Whole numbers.
	 * @param name their name
	 */
	public List<Long> numbers(String name) {
		String text = text(name);
		return text.isEmpty() ? List.of() : Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
	}

	/**
	 * Whole numbers as a text for {@link #with}.
	 * @param numbers the numbers
	 */
	public static String join(List<Long> numbers) {
		return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	/**
	 * Reads a line.
	 * @param line from {@link #toString()}
	 */
	public static Message parse(String line) {
		String[] parts = line.split("\t", -1);
		Message message = new Message(parts[0]);
		for (int i = 1; i < parts.length; i++) {
			int equals = parts[i].indexOf('=');
			message = message.with(parts[i].substring(0, equals), parts[i].substring(equals + 1));
		}
		return message;
	}

	@Override
	public String toString() {
		return this.word + this.values.entrySet()
			.stream()
			.map((value) -> "\t" + value.getKey() + "=" + value.getValue())
			.collect(Collectors.joining());
	}

}
