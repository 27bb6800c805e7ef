package io.dynlock.internal.table;

import java.util.Optional;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Which table it is, in words that are the same in every process that uses it.
 */
final class TableId {

	/** The parts of arn:partition:service:region:account:table/name. */
	private static final int ARN_PARTS = 6;

	private TableId() {
	}

	/**
	 * Region and name of a table.
	 * @param client says the region, unless the table does
	 * @param table its name or ARN
	 */
	static String of(DynamoDbClient client, String table) {
		String[] parts = table.split(":", ARN_PARTS);
		return (parts.length == ARN_PARTS) ? parts[3] + "/" + parts[5].replaceFirst("^table/", "")
				: region(client) + "/" + table;
	}

	/** A client that is not the SDK's own may not know it. */
	private static String region(DynamoDbClient client) {
		try {
			return Optional.ofNullable(client.serviceClientConfiguration())
				.map((configuration) -> configuration.region())
				.map(Region::id)
				.orElse("");
		}
		catch (UnsupportedOperationException ex) {
			return "";
		}
	}

}
