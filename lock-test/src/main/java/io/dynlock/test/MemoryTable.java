package io.dynlock.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * One table and its items. Not thread-safe.
 */
final class MemoryTable {

	/** A page of a scan, as DynamoDB has it. */
	private static final int PAGE = 1024 * 1024;

	private final List<String> keyNames;

	private final Map<String, JsonNode> description = new HashMap<>();

	private final NavigableMap<String, Map<String, JsonNode>> items = new TreeMap<>();

	private JsonNode timeToLive = Json.parse("{\"TimeToLiveStatus\":\"DISABLED\"}");

	MemoryTable(JsonNode request) {
		for (String field : List.of("TableName", "KeySchema", "AttributeDefinitions")) {
			this.description.put(field, field(request, field));
		}
		String billing = request.field("BillingMode").map(JsonNode::asString).orElse("PROVISIONED");
		this.description.put("BillingModeSummary", Json.parse("{\"BillingMode\":\"" + billing + "\"}"));
		this.description.put("TableStatus", Json.parse("\"ACTIVE\""));
		this.keyNames = field(request, "KeySchema").asArray()
			.stream()
			.map((element) -> field(element, "AttributeName").asString())
			.toList();
	}

	Map<String, JsonNode> description() {
		return this.description;
	}

	JsonNode timeToLive() {
		return this.timeToLive;
	}

	JsonNode updateTimeToLive(JsonNode request) {
		JsonNode specification = field(request, "TimeToLiveSpecification");
		String status = field(specification, "Enabled").asBoolean() ? "ENABLED" : "DISABLED";
		this.timeToLive = Json.parse("{\"TimeToLiveStatus\":\"" + status + "\",\"AttributeName\":\""
				+ field(specification, "AttributeName").asString() + "\"}");
		return specification;
	}

	Map<String, JsonNode> get(JsonNode request) {
		Map<String, JsonNode> item = this.items.get(key(request));
		return (item != null) ? Map.of("Item", Json.parse(Json.text(item))) : Map.of();
	}

	Map<String, JsonNode> put(JsonNode request) {
		Map<String, JsonNode> item = field(request, "Item").asObject();
		String key = key(item);
		verify(request, this.items.getOrDefault(key, Map.of()));
		this.items.put(key, new HashMap<>(item));
		return Map.of();
	}

	Map<String, JsonNode> update(JsonNode request) {
		String key = key(request);
		Map<String, JsonNode> before = this.items.getOrDefault(key, Map.of());
		verify(request, before);
		Map<String, JsonNode> after = new HashMap<>(before);
		after.putAll(field(request, "Key").asObject());
		Map<String, JsonNode> changed = new Expression(field(request, "UpdateExpression").asString(), before, request)
			.update(after);
		this.items.put(key, after);
		return returned(request, before, changed);
	}

	Map<String, JsonNode> delete(JsonNode request) {
		String key = key(request);
		Map<String, JsonNode> before = this.items.getOrDefault(key, Map.of());
		verify(request, before);
		this.items.remove(key);
		return returned(request, before, Map.of());
	}

	Map<String, JsonNode> scan(JsonNode request) {
		List<String> found = new ArrayList<>();
		Map<String, JsonNode> response = new HashMap<>();
		Optional<String> filter = request.field("FilterExpression").map(JsonNode::asString);
		int size = 0;
		int scanned = 0;
		NavigableMap<String, Map<String, JsonNode>> rest = request.field("ExclusiveStartKey")
			.map((start) -> this.items.tailMap(key(start.asObject()), false))
			.orElse(this.items);
		for (Map<String, JsonNode> item : rest.values()) {
			String text = Json.text(item);
			size += text.length();
			scanned++;
			if (filter.isEmpty() || new Expression(filter.get(), item, request).isMet()) {
				found.add(text);
			}
			if (size > PAGE) {
				response.put("LastEvaluatedKey", Json.parse(key(item)));
				break;
			}
		}
		response.put("Items", Json.parse("[" + String.join(",", found) + "]"));
		response.put("Count", Json.parse(String.valueOf(found.size())));
		response.put("ScannedCount", Json.parse(String.valueOf(scanned)));
		return response;
	}

	private static void verify(JsonNode request, Map<String, JsonNode> item) {
		Optional<String> condition = request.field("ConditionExpression").map(JsonNode::asString);
		if (condition.isPresent() && !new Expression(condition.get(), item, request).isMet()) {
			boolean tell = !item.isEmpty() && request.field("ReturnValuesOnConditionCheckFailure")
				.map(JsonNode::asString)
				.filter("ALL_OLD"::equals)
				.isPresent();
			throw new RefusedException("ConditionalCheckFailedException", "The conditional request failed",
					tell ? Map.of("Item", Json.parse(Json.text(item))) : Map.of());
		}
	}

	private static Map<String, JsonNode> returned(JsonNode request, Map<String, JsonNode> before,
			Map<String, JsonNode> changed) {
		String wanted = request.field("ReturnValues").map(JsonNode::asString).orElse("NONE");
		Map<String, JsonNode> attributes = switch (wanted) {
			case "ALL_OLD" -> before;
			case "UPDATED_NEW" -> changed;
			default -> Map.of();
		};
		return attributes.isEmpty() ? Map.of() : Map.of("Attributes", Json.parse(Json.text(attributes)));
	}

	private String key(JsonNode request) {
		return key(field(request, "Key").asObject());
	}

	private String key(Map<String, JsonNode> item) {
		Map<String, JsonNode> key = new TreeMap<>(item);
		key.keySet().retainAll(this.keyNames);
		return Json.text(key);
	}

	static JsonNode field(JsonNode node, String name) {
		return node.field(name)
			.orElseThrow(() -> new RefusedException("ValidationException", "The request has no " + name));
	}

}
