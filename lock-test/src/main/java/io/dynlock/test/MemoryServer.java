package io.dynlock.test;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What DynamoDB does with a request, as far as locks need it: one request after the
 * other. Thread-safe.
 */
final class MemoryServer {

	private static final String LOCK_TABLE = """
			{"KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}],
			 "AttributeDefinitions": [{"AttributeName": "LockID", "AttributeType": "S"}],
			 "BillingMode": "PAY_PER_REQUEST"}""";

	private final Map<String, MemoryTable> tables = new TreeMap<>();

	private final boolean hasEveryTable;

	/** A server without tables. */
	MemoryServer() {
		this(false);
	}

	/**
	 * A server.
	 * @param hasEveryTable whether any table that is asked for is there, for locks, as if
	 * somebody had created it
	 */
	MemoryServer(boolean hasEveryTable) {
		this.hasEveryTable = hasEveryTable;
	}

	/**
	 * Carries out a request.
	 * @param operation DynamoDB's name of the operation
	 * @param request its JSON
	 * @return the answer's fields
	 * @throws RefusedException if DynamoDB would refuse it
	 */
	synchronized Map<String, JsonNode> answer(String operation, JsonNode request) {
		return switch (operation) {
			case "ListTables" ->
				Map.of("TableNames", Json.parse("[\"" + String.join("\",\"", this.tables.keySet()) + "\"]"));
			case "CreateTable" -> create(request);
			case "DeleteTable" -> {
				Map<String, JsonNode> description = table(request).description();
				this.tables.remove(name(request));
				yield described("TableDescription", description);
			}
			case "DescribeTable" -> described("Table", table(request).description());
			case "UpdateTimeToLive" -> Map.of("TimeToLiveSpecification", table(request).updateTimeToLive(request));
			case "DescribeTimeToLive" -> Map.of("TimeToLiveDescription", table(request).timeToLive());
			case "GetItem" -> table(request).get(request);
			case "PutItem" -> table(request).put(request);
			case "UpdateItem" -> table(request).update(request);
			case "DeleteItem" -> table(request).delete(request);
			case "Scan" -> table(request).scan(request);
			default -> throw new RefusedException("UnknownOperationException",
					"The DynamoDB in memory does not know " + operation + "; use DynamoDB Local (lock-embedded)");
		};
	}

	private Map<String, JsonNode> create(JsonNode request) {
		if (this.tables.containsKey(name(request))) {
			throw new RefusedException("ResourceInUseException", "Table already exists: " + name(request));
		}
		MemoryTable table = new MemoryTable(request);
		this.tables.put(name(request), table);
		return described("TableDescription", table.description());
	}

	private static Map<String, JsonNode> described(String field, Map<String, JsonNode> description) {
		return new HashMap<>(Map.of(field, Json.parse(Json.text(description))));
	}

	private MemoryTable table(JsonNode request) {
		if (this.hasEveryTable) {
			this.tables.computeIfAbsent(name(request), (name) -> lockTable(request));
		}
		MemoryTable table = this.tables.get(name(request));
		if (table == null) {
			throw new RefusedException("ResourceNotFoundException",
					"Requested resource not found: Table: " + name(request) + " not found");
		}
		return table;
	}

	private static MemoryTable lockTable(JsonNode request) {
		Map<String, JsonNode> creation = new HashMap<>(Json.parse(LOCK_TABLE).asObject());
		creation.put("TableName", MemoryTable.field(request, "TableName"));
		return new MemoryTable(Json.parse(Json.text(creation)));
	}

	private static String name(JsonNode request) {
		return MemoryTable.field(request, "TableName").asString();
	}

}
