package io.dynlock.failures;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.dynlock.testing.LockBed.Node;
import io.dynlock.testing.RawTable;
import io.dynlock.testing.Wire.Fault;
import io.dynlock.testing.Wire.Sent;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What goes wrong: a row of the table.
 */
enum Failure {

	TIMEOUT_BEFORE("no answer in time, no effect"),

	TIMEOUT_AFTER("no answer in time, but an effect"),

	CONNECTION_REFUSED("connection refused"),

	SERVER_ERROR("500, but an effect"),

	THROTTLED("throttled"),

	ACCESS_DENIED("access denied"),

	EXPIRED_CREDENTIALS("expired credentials"),

	TABLE_DELETED("table deleted"),

	TABLE_OF_ANOTHER_SHAPE("table of another shape"),

	WEB_PAGE("a web page, with 200"),

	EMPTY_OBJECT("an empty JSON object, with 200");

	private final String title;

	Failure(String title) {
		this.title = title;
	}

	/** How the document calls it. */
	String title() {
		return this.title;
	}

	/** Makes it happen to all such requests; to the table, when the first is sent. */
	void befall(RawTable table, Node node, Predicate<Sent> which) {
		node.wire().always(which, switch (this) {
			case TIMEOUT_BEFORE -> Fault.TIMEOUT;
			case TIMEOUT_AFTER -> Fault.TIMEOUT_AFTERWARDS;
			case CONNECTION_REFUSED -> Fault.UNREACHABLE;
			case SERVER_ERROR -> Fault.ANSWERED_500;
			case THROTTLED -> Fault.THROTTLED;
			case ACCESS_DENIED -> Fault.ACCESS_DENIED;
			case EXPIRED_CREDENTIALS ->
				Fault.refused("ExpiredTokenException", "The security token included in the request is expired");
			case TABLE_DELETED -> afterMisfortune(table::drop);
			case TABLE_OF_ANOTHER_SHAPE -> afterMisfortune(() -> reshape(table));
			case WEB_PAGE -> Fault.ANSWERED_BY_A_PROXY;
			case EMPTY_OBJECT -> Fault.ANSWERED_BY_A_STUB;
		});
	}

	private static Fault afterMisfortune(Runnable misfortune) {
		AtomicBoolean first = new AtomicBoolean(true);
		return (exchange) -> {
			if (first.getAndSet(false)) {
				misfortune.run();
			}
			return exchange.send();
		};
	}

	private static void reshape(RawTable table) {
		if (table.exists()) {
			table.drop();
		}
		table.create(Map.of("id", KeyType.HASH), ScalarAttributeType.S);
	}

}
