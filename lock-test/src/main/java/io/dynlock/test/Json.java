package io.dynlock.test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/**
 * Reads and writes JSON, with what the AWS SDK has for it.
 */
final class Json {

	private Json() {
	}

	static JsonNode parse(String json) {
		return JsonNode.parser().parse(json);
	}

	/** A number, as DynamoDB writes it. */
	static JsonNode number(String value) {
		return parse("{\"N\":\"" + value + "\"}");
	}

	static String text(Map<String, JsonNode> fields) {
		try (JsonWriter writer = JsonWriter.create()) {
			write(writer, fields);
			return new String(writer.getBytes(), StandardCharsets.UTF_8);
		}
	}

	private static void write(JsonWriter writer, Map<String, JsonNode> fields) {
		writer.writeStartObject();
		fields.forEach((name, value) -> {
			writer.writeFieldName(name);
			write(writer, value);
		});
		writer.writeEndObject();
	}

	private static void write(JsonWriter writer, JsonNode node) {
		if (node.isObject()) {
			write(writer, node.asObject());
		}
		else if (node.isArray()) {
			writer.writeStartArray();
			node.asArray().forEach((element) -> write(writer, element));
			writer.writeEndArray();
		}
		else if (node.isString()) {
			writer.writeValue(node.asString());
		}
		else if (node.isNumber()) {
			writer.writeNumber(node.asNumber());
		}
		else if (node.isBoolean()) {
			writer.writeValue(node.asBoolean());
		}
		else {
			writer.writeNull();
		}
	}

}
