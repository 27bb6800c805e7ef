package io.dynlock.test;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * An expression of DynamoDB, as far as locks need the language. Evaluated while it is
 * read; not thread-safe.
 */
final class Expression {

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_#:]+|[(),=+]");

	private final Deque<String> tokens = new ArrayDeque<>();

	private final Map<String, JsonNode> item;

	private final Map<String, JsonNode> names;

	private final Map<String, JsonNode> values;

	/**
	 * Creates an expression.
	 * @param text the expression
	 * @param item the item to which it is applied; empty where there is none
	 * @param request the request, which defines names and values
	 */
	Expression(String text, Map<String, JsonNode> item, JsonNode request) {
		Matcher matcher = TOKEN.matcher(text);
		while (matcher.find()) {
			this.tokens.add(matcher.group());
		}
		this.item = item;
		this.names = request.field("ExpressionAttributeNames").map(JsonNode::asObject).orElse(Map.of());
		this.values = request.field("ExpressionAttributeValues").map(JsonNode::asObject).orElse(Map.of());
	}

	/** Whether the item meets the condition. */
	boolean isMet() {
		boolean met = either();
		if (!this.tokens.isEmpty()) {
			throw notUnderstood(this.tokens.peek());
		}
		return met;
	}

	/**
	 * Applies the update.
	 * @return what was set
	 */
	Map<String, JsonNode> update(Map<String, JsonNode> target) {
		Map<String, JsonNode> changed = new HashMap<>();
		while (!this.tokens.isEmpty()) {
			String clause = next();
			do {
				String name = name(next());
				switch (clause) {
					case "SET" -> {
						expect("=");
						changed.put(name, sum());
					}
					case "REMOVE" -> target.remove(name);
					default -> throw notUnderstood(clause);
				}
			}
			while (skip(","));
		}
		target.putAll(changed);
		return changed;
	}

	private boolean either() {
		boolean met = both();
		while (skip("OR")) {
			met |= both();
		}
		return met;
	}

	private boolean both() {
		boolean met = single();
		while (skip("AND")) {
			met &= single();
		}
		return met;
	}

	private boolean single() {
		if (skip("(")) {
			boolean met = either();
			expect(")");
			return met;
		}
		String token = next();
		if (skip("(")) {
			boolean exists = operand(next()).isPresent();
			expect(")");
			return switch (token) {
				case "attribute_exists" -> exists;
				case "attribute_not_exists" -> !exists;
				default -> throw notUnderstood(token);
			};
		}
		Optional<JsonNode> left = operand(token);
		if (skip("BETWEEN")) {
			Optional<JsonNode> low = operand(next());
			expect("AND");
			Optional<JsonNode> high = operand(next());
			return left.isPresent() && isNumber(left.get())
					&& decimal(left.get()).compareTo(decimal(low.orElseThrow())) >= 0
					&& decimal(left.get()).compareTo(decimal(high.orElseThrow())) <= 0;
		}
		expect("=");
		Optional<JsonNode> right = operand(next());
		return left.isPresent() && left.equals(right);
	}

	private JsonNode sum() {
		JsonNode left = term();
		return skip("+") ? Json.number(decimal(left).add(decimal(term())).toPlainString()) : left;
	}

	private JsonNode term() {
		String token = next();
		if (!token.equals("if_not_exists")) {
			return operand(token).orElseThrow(() -> new RefusedException("ValidationException",
					"The provided expression refers to an attribute that does not exist in the item"));
		}
		expect("(");
		Optional<JsonNode> present = operand(next());
		expect(",");
		JsonNode otherwise = operand(next()).orElseThrow();
		expect(")");
		return present.orElse(otherwise);
	}

	private Optional<JsonNode> operand(String token) {
		return Optional.ofNullable(token.startsWith(":") ? this.values.get(token) : this.item.get(name(token)));
	}

	private String name(String token) {
		JsonNode name = this.names.get(token);
		return (name != null) ? name.asString() : token;
	}

	private static boolean isNumber(JsonNode value) {
		return value.field("N").isPresent();
	}

	/** Of a number, whose absence DynamoDB reports too. */
	private static BigDecimal decimal(JsonNode value) {
		return new BigDecimal(value.field("N")
			.orElseThrow(
					() -> new RefusedException("ValidationException", "An operand in the expression is not a number"))
			.asString());
	}

	private boolean skip(String token) {
		if (token.equals(this.tokens.peek())) {
			this.tokens.remove();
			return true;
		}
		return false;
	}

	private void expect(String token) {
		if (!skip(token)) {
			throw notUnderstood(String.valueOf(this.tokens.peek()));
		}
	}

	private String next() {
		String token = this.tokens.poll();
		if (token == null) {
			throw notUnderstood("its end");
		}
		return token;
	}

	private static RefusedException notUnderstood(String token) {
		return new RefusedException("ValidationException", "Not understood in an expression: " + token);
	}

}
