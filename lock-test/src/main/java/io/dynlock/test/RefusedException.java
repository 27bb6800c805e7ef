package io.dynlock.test;

import java.io.Serial;
import java.util.HashMap;
import java.util.Map;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * DynamoDB's "no" to a request.
 */
@SuppressWarnings("serial")
final class RefusedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Map<String, JsonNode> body = new HashMap<>();

	RefusedException(String code, String message) {
		this(code, message, Map.of());
	}

	RefusedException(String code, String message, Map<String, JsonNode> further) {
		super(message);
		this.body.putAll(Json.parse("{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\"}").asObject());
		this.body.put("message", JsonNode.parser().parse("\"" + message + "\""));
		this.body.putAll(further);
	}

	/** What DynamoDB sends. */
	Map<String, JsonNode> body() {
		return this.body;
	}

}
