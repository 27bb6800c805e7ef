package io.dynlock.internal.table;

/**
 * An item of the table is not a lock that this library, or the Go package, has written.
 */
@SuppressWarnings("serial")
final class MalformedItemException extends RuntimeException {

	MalformedItemException(String key, String attribute, String problem) {
		super("The item '" + key + "' is not a lock: its attribute '" + attribute + "' " + problem
				+ "; find out what wrote it, and delete or repair it");
	}

}
